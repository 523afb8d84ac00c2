/** The daemon of {@code bulkdl serve}: puts database, users, jobs and the web server together. */
@NullMarked
package dev.bulkdl.serve;

import org.jspecify.annotations.NullMarked;
