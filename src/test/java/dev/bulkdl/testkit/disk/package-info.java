/**
 * A file system that hands every call to the default one, through a {@link
 * dev.bulkdl.testkit.disk.Hook} that may fail it.
 */
package dev.bulkdl.testkit.disk;
