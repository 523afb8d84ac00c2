/**
 * Partial files, journals, the lock and the final rename: everything that touches the file system.
 */
@NullMarked
package dev.bulkdl.disk;

import org.jspecify.annotations.NullMarked;
