/** Runs commands of the user when a file or the run has ended. */
@NullMarked
package dev.bulkdl.hook;

import org.jspecify.annotations.NullMarked;
