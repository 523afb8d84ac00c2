/**
 * Takes what libraries log by SLF4J and hands warnings and errors to the log of each run.
 * Everything below a warning is dropped before its text is made. Only the command line chooses this
 * provider; an application that uses bulkdl as a library keeps its own. What bulkdl itself reports
 * is an event and does not come this way.
 */
@NullMarked
package dev.bulkdl.log;

import org.jspecify.annotations.NullMarked;
