package dev.bulkdl.torture;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Which of many moments are tried; {@code -Dbulkdl.torture=full} tries all of them. */
final class Samples {

  private static final boolean FULL = "full".equals(System.getProperty("bulkdl.torture"));

  private Samples() {}

  /**
   * Of the numbers 1 to {@code count} at the most this many, the same ones each time.
   *
   * @param what they are for: other things are tried at other moments
   */
  static List<Long> of(long count, int most, Object what) {
    Random random = new Random(what.toString().hashCode() + count);
    return FULL || count <= most
        ? LongStream.rangeClosed(1, count).boxed().toList()
        : random.longs(1, count + 1).distinct().limit(most).boxed().toList();
  }
}
