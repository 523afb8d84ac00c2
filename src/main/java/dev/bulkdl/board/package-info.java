/**
 * The status board on a terminal: it collects what a run shows ({@code RunWatch}), renders that as
 * text, draws it with ANSI escape sequences, and turns keys into commands to the run. JLine is used
 * here and in {@code cli} only. Plain progress lines, summaries and number formats do not belong
 * here; they are in {@code report}. This package uses {@code model}, {@code time}, {@code control},
 * {@code event} and {@code report}. Only {@code cli} may call it.
 */
@NullMarked
package dev.bulkdl.board;

import org.jspecify.annotations.NullMarked;
