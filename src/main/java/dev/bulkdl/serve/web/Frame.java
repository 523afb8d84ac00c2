package dev.bulkdl.serve.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One numbered message about one channel, encoded once for all who get it.
 *
 * @param channel the topic and whose view of it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared and never changed
record Frame(long seq, String channel, byte[] json) {

  enum Kind {
    /** The whole of a topic. */
    SNAPSHOT,
    /** The fields that have changed in it; numbers are absolute. */
    PATCH,
    /** What was missed is unknown: read anew. */
    RESET
  }

  /**
   * @param data JSON
   */
  static Frame of(String epoch, long seq, Topic.Channel channel, Kind kind, String data) {
    String text =
        "{\"epoch\":\""
            + epoch
            + "\",\"seq\":"
            + seq
            + ",\"topic\":\""
            + channel.topic().text()
            + "\",\"kind\":\""
            + kind.name().toLowerCase(Locale.ROOT)
            + "\",\"data\":"
            + data
            + "}";
    return new Frame(seq, channel.key(), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the frames with commas between them. */
  static String joined(List<byte[]> frames) {
    return frames.stream()
        .map(frame -> new String(frame, StandardCharsets.UTF_8))
        .collect(Collectors.joining(","));
  }

  /** Returns a frame that concerns all topics. */
  static byte[] plain(String epoch, long seq, String kind) {
    return ("{\"epoch\":\"" + epoch + "\",\"seq\":" + seq + ",\"kind\":\"" + kind + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
