/**
 * The long-lived engine and the runs on it. {@code TransferEngine} holds what many runs share: the
 * HTTP client, the permits, the memory for disk writes. {@code Session} holds one output folder and
 * runs the rows of a list. How one file is fetched does not belong here, but in {@code transfer};
 * the admission of files is in {@code run}. The root package, {@code app} and {@code bench} may
 * call it. All classes are thread-safe. It is internal: library users call the root package.
 */
@NullMarked
package dev.bulkdl.engine;

import org.jspecify.annotations.NullMarked;
