/** Time as a parameter, so that no test has to wait for a clock. */
@NullMarked
package dev.bulkdl.time;

import org.jspecify.annotations.NullMarked;
