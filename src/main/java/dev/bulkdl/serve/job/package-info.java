/**
 * The jobs of the daemon: orders, their states and results, and their runs on one engine. {@link
 * dev.bulkdl.serve.job.Jobs} is the only entry.
 */
@NullMarked
package dev.bulkdl.serve.job;

import org.jspecify.annotations.NullMarked;
