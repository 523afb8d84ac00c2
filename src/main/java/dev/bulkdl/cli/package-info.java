/**
 * The command line: one class per command, the options, exit codes, signals and the terminal. The
 * work of a command does not belong here; it is in {@code app}. This package uses the root package,
 * {@code app}, {@code log}, {@code model}, {@code control}, {@code event}, {@code manifest}, {@code
 * http}, {@code report}, {@code board}, {@code hook} and {@code bench}. No package may call it.
 */
@NullMarked
package dev.bulkdl.cli;

import org.jspecify.annotations.NullMarked;
