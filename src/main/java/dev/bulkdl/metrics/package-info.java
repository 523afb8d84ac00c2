/** A run as metrics in the text format of Prometheus, while it lasts. */
@NullMarked
package dev.bulkdl.metrics;

import org.jspecify.annotations.NullMarked;
