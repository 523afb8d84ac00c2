/**
 * Clocks and sleeping as parameters, so that no test waits for a real clock. Nothing else belongs
 * here. This package uses no other package. The root package, {@code transfer}, {@code run}, {@code
 * page}, {@code board} and {@code app} may call it. Implementations are thread-safe.
 */
@NullMarked
package dev.bulkdl.time;

import org.jspecify.annotations.NullMarked;
