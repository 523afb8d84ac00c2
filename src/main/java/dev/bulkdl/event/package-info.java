/**
 * The contract between a run and its listeners: changes of state are events, and byte counts are
 * counters that are sampled. Formatting, statistics and files of a run do not belong here; they
 * listen to these events. This package uses only {@code model}. The root package, {@code transfer},
 * {@code run}, {@code plan}, {@code report}, {@code metrics}, {@code hook}, {@code page}, {@code
 * board}, {@code bench}, {@code app} and {@code cli} may call it. Counters are thread-safe, and
 * several threads can call a listener at the same time.
 */
@NullMarked
package dev.bulkdl.event;

import org.jspecify.annotations.NullMarked;
