/**
 * Runs many files: admission, one virtual thread for each file, the life cycle of files, and the
 * counters of a run. {@code ContentRun} runs downloads whose callers wait for the content. The
 * download of a single file does not belong here; it is in {@code transfer}. This package uses
 * {@code model}, {@code time}, {@code control}, {@code event} and {@code transfer}. The root
 * package, {@code engine} and {@code app} may call it.
 */
@NullMarked
package dev.bulkdl.run;

import org.jspecify.annotations.NullMarked;
