/** Admission, permits and the fan-out over files. */
@NullMarked
package dev.bulkdl.run;

import org.jspecify.annotations.NullMarked;
