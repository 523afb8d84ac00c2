/**
 * The use cases of the program: download a manifest or some files with everything that is kept of a
 * run, plan, verify, bench and demo. Each one is a value that states what is wanted, with a {@code
 * run} method that takes a {@link dev.bulkdl.app.Console} and returns an exit code. Options,
 * signals and the terminal do not belong here; they are in {@code cli}. Code that moves bytes does
 * not belong here either. This package uses the root package and all others except {@code cli},
 * {@code board}, {@code http} and {@code run}. Only {@code cli} calls it in this project; a daemon
 * or a test can call it too.
 */
@NullMarked
package dev.bulkdl.app;

import org.jspecify.annotations.NullMarked;
