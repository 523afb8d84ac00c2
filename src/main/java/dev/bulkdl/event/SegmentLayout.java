package dev.bulkdl.event;

import dev.bulkdl.model.Spans;
import java.util.List;

/**
 * Where a file's bytes are at one moment.
 *
 * @param written the bytes on disk
 * @param pieces the segments that are being fetched, in no order
 */
public record SegmentLayout(Spans written, List<Piece> pieces) {

  /** Nothing is written and nothing fetched. */
  public static final SegmentLayout EMPTY = new SegmentLayout(Spans.EMPTY, List.of());

  public SegmentLayout {
    pieces = List.copyOf(pieces);
  }

  /**
   * One connection's segment: the bytes from {@code start} to before {@code end}, written as far as
   * {@code position}.
   *
   * @param end {@link Long#MAX_VALUE} while the length of the file is unknown
   */
  public record Piece(long start, long position, long end) {}
}
