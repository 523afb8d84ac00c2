package dev.bulkdl.event;

import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.ConnectionInfo;
import java.util.List;
import java.util.Optional;

/**
 * The byte ranges of a file at one moment.
 *
 * @param written the bytes on disk
 * @param pieces the segments that are being fetched, in no order
 */
public record SegmentLayout(ByteRanges written, List<Piece> pieces) {

  /** The layout of a file without written bytes and without active segments. */
  public static final SegmentLayout EMPTY = new SegmentLayout(ByteRanges.EMPTY, List.of());

  public SegmentLayout {
    pieces = List.copyOf(pieces);
  }

  /**
   * The segment of one connection: bytes {@code start} (inclusive) to {@code end} (exclusive). The
   * bytes before {@code position} are written.
   *
   * @param end {@link Long#MAX_VALUE} while the length of the file is unknown
   * @param connection the connection that delivers it now; empty before its first response
   */
  public record Piece(long start, long position, long end, Optional<ConnectionInfo> connection) {}
}
