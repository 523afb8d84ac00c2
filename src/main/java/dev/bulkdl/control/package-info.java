/**
 * Limits, pauses and stops of running work: connection permits (resizable semaphores), the pause
 * gate, cancellation, and the control of a run. Timed waits and retries do not belong here, and
 * neither does HTTP or disk code. How many connections an origin gets is decided here too. This
 * package uses only {@code model}, {@code time} and {@code rate}. The root package, {@code http},
 * {@code transfer}, {@code run}, {@code plan}, {@code board}, {@code bench}, {@code app} and {@code
 * cli} may call it. All public classes are thread-safe.
 */
@NullMarked
package dev.bulkdl.control;

import org.jspecify.annotations.NullMarked;
