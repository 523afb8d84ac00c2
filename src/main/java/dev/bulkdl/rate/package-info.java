/**
 * Limits in bytes and requests for each time: rates, timetables of rates, and the waiting that
 * holds them. Nothing here knows HTTP or files. Uses {@code time} and {@code text} only.
 */
@NullMarked
package dev.bulkdl.rate;

import org.jspecify.annotations.NullMarked;
