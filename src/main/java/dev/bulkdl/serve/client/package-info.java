/** A client of the daemon's API, for {@code bulkdl job}. */
@NullMarked
package dev.bulkdl.serve.client;

import org.jspecify.annotations.NullMarked;
