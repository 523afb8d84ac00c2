package dev.bulkdl.serve.web;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Positions in the stream of frames: {@code epoch.seq}. */
final class Positions {

  private static final Pattern OF_FRAME =
      Pattern.compile("\\{\"epoch\":\"([^\"]*)\",\"seq\":(\\d+)");
  private static final Pattern TEXT = Pattern.compile("([0-9a-z]{1,20})\\.(\\d{1,18})");

  record Position(String epoch, long seq) {}

  private Positions() {}

  /** Returns the position of an encoded frame. */
  static String of(byte[] frame) {
    String start = new String(frame, 0, Math.min(frame.length, 100), StandardCharsets.UTF_8);
    Matcher found = OF_FRAME.matcher(start);
    if (!found.lookingAt()) {
      throw new IllegalArgumentException("no frame");
    }
    return found.group(1) + "." + found.group(2);
  }

  /** Returns the position that a client gives back; empty if it is none. */
  static Optional<Position> parse(String text) {
    Matcher found = TEXT.matcher(text);
    return found.matches()
        ? Optional.of(new Position(found.group(1), Long.parseLong(found.group(2))))
        : Optional.empty();
  }
}
