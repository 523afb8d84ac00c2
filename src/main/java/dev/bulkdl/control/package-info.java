/** How running work is held back, paused and stopped: permits, pauses and cancellation. */
@NullMarked
package dev.bulkdl.control;

import org.jspecify.annotations.NullMarked;
