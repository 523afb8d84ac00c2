/**
 * The metrics of a running run: Micrometer meters, and an HTTP endpoint and a file that show them
 * in the Prometheus text format. Micrometer is used here only. Reports that remain after the run do
 * not belong here; they are in {@code report} and {@code page}. This package uses only {@code
 * model} and {@code event}. Only {@code app} may call it.
 */
@NullMarked
package dev.bulkdl.metrics;

import org.jspecify.annotations.NullMarked;
