/** The library's front door: settings and downloads in, a report out. */
@NullMarked
package dev.bulkdl;

import org.jspecify.annotations.NullMarked;
