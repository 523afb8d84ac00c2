/**
 * The page report.html, which opens offline: the data collected during a run, how that data is
 * thinned out, and how the page is written with its scripts inside. CSV, JSON, logs and summaries
 * for the terminal do not belong here; they are in {@code report}. This package uses {@code model},
 * {@code time}, {@code event} and {@code report}. Only {@code app} may call it.
 */
@NullMarked
package dev.bulkdl.page;

import org.jspecify.annotations.NullMarked;
