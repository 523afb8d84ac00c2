package dev.bulkdl.serve.job;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * An open connection of a job.
 *
 * @param id the same while the connection is open
 * @param row the row that it fetches
 * @param start the first byte of its piece
 * @param position the next byte
 * @param end the byte behind its piece; empty while the length is not known
 * @param rate bytes a second now
 */
public record Connection(
    String id,
    String host,
    String protocol,
    Instant since,
    long row,
    String name,
    long start,
    long position,
    OptionalLong end,
    long rate) {}
