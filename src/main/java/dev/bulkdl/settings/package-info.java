/**
 * The settings of a run, as values with their defaults: limits, retries, timeouts, HTTP, disk,
 * records and rates. The builders of the root package and the options of the command line make
 * them; everything below reads them. Code that acts on a setting does not belong here. This package
 * uses {@code model} and {@code text}, and users of the library do not see it.
 */
@NullMarked
package dev.bulkdl.settings;

import org.jspecify.annotations.NullMarked;
