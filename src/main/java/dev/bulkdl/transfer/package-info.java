/** One file's story, from the first request to the final name. */
@NullMarked
package dev.bulkdl.transfer;

import org.jspecify.annotations.NullMarked;
