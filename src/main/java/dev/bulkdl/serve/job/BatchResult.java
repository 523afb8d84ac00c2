package dev.bulkdl.serve.job;

/**
 * What an action on rows did.
 *
 * @param matched the rows that it was for
 * @param changed those that it changed
 */
public record BatchResult(long matched, long changed) {}
