/**
 * Hooks: they run a command of the user for each file that has ended, and one at the end of the
 * run, with a bounded queue and results in environment variables. Parsing options and writing the
 * log do not belong here; hooks report to a {@code HookLog}. This package uses {@code model},
 * {@code event} and {@code report}. Only {@code app} and {@code cli} may call it.
 */
@NullMarked
package dev.bulkdl.hook;

import org.jspecify.annotations.NullMarked;
