/**
 * Runs many files: admission, the fan-out to virtual threads, the life cycle of files, and the
 * counters of a run. {@code ContentRun} runs downloads whose callers wait for the content. The
 * transfer of a single file does not belong here; it is in {@code transfer}. This package uses
 * {@code model}, {@code time}, {@code control}, {@code event} and {@code transfer}. Only the root
 * package may call it.
 */
@NullMarked
package dev.bulkdl.run;

import org.jspecify.annotations.NullMarked;
