package dev.bulkdl.serve.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A row of a job at one moment.
 *
 * @param url without secrets
 * @param rate bytes a second now
 * @param connections open connections now
 * @param code the class of the failure, as in results.csv
 * @param nextStep what can be done, for people
 * @param proof what shows that the content is right
 * @param pieces of an active file, at most {@value #MOST_PIECES}
 */
public record JobFile(
    long row,
    String name,
    String url,
    String host,
    FileState state,
    OptionalLong size,
    long done,
    long rate,
    int attempts,
    int connections,
    Optional<String> code,
    Optional<String> reason,
    Optional<String> nextStep,
    Optional<String> proof,
    Optional<Instant> ended,
    List<Piece> pieces) {

  static final int MOST_PIECES = 256;

  /** Bytes {@code start} to {@code end}; those before {@code position} are written. */
  public record Piece(long start, long position, long end) {}

  public JobFile {
    pieces = List.copyOf(pieces);
  }
}
