package dev.bulkdl.model;

import java.time.Instant;

/**
 * A connection to a server.
 *
 * @param id unique within an engine; the same in every sample while the connection is open
 * @param origin the origin that it serves
 * @param protocol the protocol and its version, such as {@code HTTP/1.1}
 * @param opened when it was established
 */
public record ConnectionInfo(long id, Origin origin, String protocol, Instant opened) {}
