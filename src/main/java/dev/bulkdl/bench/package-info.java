/**
 * The bench: it runs the unchanged engine repeatedly with different numbers of connections,
 * measures a time window of each run, and writes the result as table, JSON and interval log.
 *
 * <p>Nothing here changes how a run works, and files are not kept. This package knows the root
 * package, {@code model}, {@code control}, {@code event}, {@code manifest} and {@code report}.
 * {@code app} and {@code cli} may call it.
 */
@NullMarked
package dev.bulkdl.bench;

import org.jspecify.annotations.NullMarked;
