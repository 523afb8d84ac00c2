/**
 * Values that the whole project uses: downloads, outcomes, failures, versions, byte ranges,
 * origins, settings, and the checks and formats that belong to such a value. Code that does I/O,
 * starts threads or keeps state of a run does not belong here. This package uses no other package,
 * and every package may call it. Values are immutable, and functions are pure unless their Javadoc
 * says otherwise.
 */
@NullMarked
package dev.bulkdl.model;

import org.jspecify.annotations.NullMarked;
