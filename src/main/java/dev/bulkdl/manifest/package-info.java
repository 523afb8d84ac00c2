/** Streaming readers of the manifest and its errors. */
@NullMarked
package dev.bulkdl.manifest;

import org.jspecify.annotations.NullMarked;
