/**
 * The measuring runs: the unchanged engine runs repeatedly with different numbers of connections, a
 * time window of each run is measured, and the result is written as table, JSON and interval log.
 * Nothing here changes how a run works, and downloaded files are not kept. This package uses the
 * root package, {@code model}, {@code control}, {@code event}, {@code manifest} and {@code report}.
 * Only {@code app} and {@code cli} may call it.
 */
@NullMarked
package dev.bulkdl.bench;

import org.jspecify.annotations.NullMarked;
