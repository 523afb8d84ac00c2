/**
 * The command line: one class for each command, the options, exit codes, signals and the terminal.
 * The work of a command does not belong here; it is in {@code app}. This package uses the root
 * package, {@code app}, {@code bench}, {@code board}, {@code control}, {@code event}, {@code hook},
 * {@code http}, {@code log}, {@code manifest}, {@code model} and {@code report}. No package may
 * call it.
 */
@NullMarked
package dev.bulkdl.cli;

import org.jspecify.annotations.NullMarked;
