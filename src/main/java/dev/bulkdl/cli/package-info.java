/** The command line: one class per command. */
@NullMarked
package dev.bulkdl.cli;

import org.jspecify.annotations.NullMarked;
