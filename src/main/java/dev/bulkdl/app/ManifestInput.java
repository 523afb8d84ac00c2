package dev.bulkdl.app;

import java.io.InputStream;

/**
 * Which manifest a use case reads, and how strictly.
 *
 * @param location a path, or {@code -} for {@code standardInput}
 * @param standardInput read to its end if {@code location} is {@code -}, else left alone
 * @param skipBadRows whether the good rows are worked on where others are bad
 */
public record ManifestInput(String location, InputStream standardInput, boolean skipBadRows) {}
