/**
 * The use cases of the program: download a manifest or some files with everything that is kept of a
 * run, plan, verify, bench and demo. Each is a value that says what is wanted, with a {@code run}
 * that takes a {@link dev.bulkdl.app.Console} and returns an exit code. The command line calls in,
 * and so may a daemon or a test. Options, signals and the terminal do not belong here, and neither
 * does anything that moves bytes.
 */
@NullMarked
package dev.bulkdl.app;

import org.jspecify.annotations.NullMarked;
