/**
 * Reports of a run: listeners that write results.csv, failed.csv, latency.hlog and run.log, the
 * numbers for report.json, the summary, the progress lines, and the formats of numbers and
 * failures. Jackson's generator and HdrHistogram are used here. The board, the page report.html,
 * metrics and hooks do not belong here; they have their own packages and use this one. This package
 * uses only {@code model} and {@code event}. {@code page}, {@code board}, {@code hook}, {@code
 * bench}, {@code app}, {@code cli} and the root package may call it. Listeners are thread-safe.
 */
@NullMarked
package dev.bulkdl.report;

import org.jspecify.annotations.NullMarked;
