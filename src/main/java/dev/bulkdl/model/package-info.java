/** Records and values that every other package speaks in; imports nothing of the project. */
@NullMarked
package dev.bulkdl.model;

import org.jspecify.annotations.NullMarked;
