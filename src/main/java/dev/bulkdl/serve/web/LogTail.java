package dev.bulkdl.serve.web;

import dev.bulkdl.text.Redaction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads whole lines of a growing log, at most 64 KiB at a time. */
final class LogTail {

  private static final int MOST = 64 << 10;

  private LogTail() {}

  /**
   * @param after where the last part ended; empty for the end of the log
   */
  static JobJson.LogAnswer read(Path log, Optional<Long> after) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(log)) {
      long size = channel.size();
      boolean isTail = after.isEmpty() || after.get() > size; // a new log is shorter
      long from = isTail ? Math.max(0, size - MOST) : after.get();
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(MOST, size - from));
      channel.position(from);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // until the part is whole
      }
      byte[] part = new byte[buffer.flip().remaining()];
      buffer.get(part);
      return lines(part, from, isTail && from > 0);
    } catch (NoSuchFileException e) {
      return new JobJson.LogAnswer(List.of(), "0");
    }
  }

  private static JobJson.LogAnswer lines(byte[] part, long from, boolean beginsInLine) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    boolean skip = beginsInLine;
    for (int i = 0; i < part.length; i++) {
      boolean isLongest = i - start == MOST - 1;
      if (part[i] == '\n' || isLongest) {
        if (!skip) {
          String line = new String(part, start, i - start, StandardCharsets.UTF_8);
          lines.add(Redaction.of(line));
        }
        skip = false;
        start = i + 1;
      }
    }
    return new JobJson.LogAnswer(lines, String.valueOf(from + start));
  }
}
