/** A server of generated files, to be downloaded when there is nothing else to download. */
@NullMarked
package dev.bulkdl.demo;

import org.jspecify.annotations.NullMarked;
