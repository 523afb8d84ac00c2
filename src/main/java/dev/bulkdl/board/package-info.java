/**
 * The status board on a terminal: what it shows, how that is drawn, and which keys steer the run.
 */
@NullMarked
package dev.bulkdl.board;

import org.jspecify.annotations.NullMarked;
