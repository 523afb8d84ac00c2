/**
 * Everything that writes downloaded files to the file system: partial files and their journals, the
 * lock of the output folder, fsync, O_DIRECT, the allocation of space, and the rename to the final
 * name. HTTP, retries, and the decision what to do with an existing file do not belong here; they
 * are in {@code transfer}. This package uses only {@code model}. The root package, {@code
 * transfer}, {@code plan} and {@code app} may call it. One {@link dev.bulkdl.disk.OutputFolder}
 * serves all threads of a run; a {@link dev.bulkdl.disk.PartFile} and its channels state their own
 * rules.
 */
@NullMarked
package dev.bulkdl.disk;

import org.jspecify.annotations.NullMarked;
