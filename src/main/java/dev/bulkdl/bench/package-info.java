/** Measuring runs: the engine as it is, over and over, with more and more connections. */
@NullMarked
package dev.bulkdl.bench;

import org.jspecify.annotations.NullMarked;
