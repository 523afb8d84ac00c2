/**
 * The database of the daemon: SQLite in a folder of its own, with one writer and several readers.
 */
@NullMarked
package dev.bulkdl.serve.store;

import org.jspecify.annotations.NullMarked;
