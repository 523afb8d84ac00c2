/**
 * The jobs of the daemon: what was ordered, what became of it, and the runs that do it on one
 * engine. {@link dev.bulkdl.serve.job.Jobs} is the only entry.
 */
@NullMarked
package dev.bulkdl.serve.job;

import org.jspecify.annotations.NullMarked;
