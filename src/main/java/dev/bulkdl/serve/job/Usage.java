package dev.bulkdl.serve.job;

/**
 * What a user has.
 *
 * @param bytes on disk
 * @param expected these, and those that unfinished files are known to add
 * @param files rows
 */
public record Usage(long bytes, long expected, long files) {}
