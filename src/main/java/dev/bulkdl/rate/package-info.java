/**
 * Holds rates: limiters of bytes, for each run, host and connection, and turns for the starts of
 * requests. The rates and timetables themselves are values of {@code model}. Nothing here knows
 * HTTP or files. This package uses {@code model}, {@code settings}, {@code text} and {@code time};
 * {@code control}, {@code transfer} and {@code engine} call it.
 */
@NullMarked
package dev.bulkdl.rate;

import org.jspecify.annotations.NullMarked;
