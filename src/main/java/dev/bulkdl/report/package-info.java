/** Listeners that keep results: CSV, JSON, log, summary, progress lines. */
@NullMarked
package dev.bulkdl.report;

import org.jspecify.annotations.NullMarked;
