package dev.bulkdl.report;

import dev.bulkdl.model.ByteRanges.Span;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.text.LineWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The rows of a draft file. Rows can be removed again before it is published. Thread-safe. */
final class DraftRows {

  /**
   * The number of rows whose position is remembered. More rows are never requeued at one time; an
   * older row cannot be removed.
   */
  private static final int REMEMBERED = 1 << 14;

  private final ReentrantLock lock = new ReentrantLock();
  private final LineWriter out;
  private final Map<TargetName, Span> newest = new LinkedHashMap<>();
  private final List<Span> takenBack = new ArrayList<>();
  private long position;

  DraftRows(LineWriter out) {
    this.out = out;
  }

  void write(String line) {
    lock.lock();
    try {
      append(line);
    } finally {
      lock.unlock();
    }
  }

  /** Writes a row that may be removed again with {@link #takeBack}. */
  void write(String line, TargetName target) {
    lock.lock();
    try {
      newest.put(target, append(line));
      if (newest.size() > REMEMBERED) {
        newest.remove(newest.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  private Span append(String line) {
    long start = position;
    position += line.getBytes(StandardCharsets.UTF_8).length + 1;
    out.write(line);
    return new Span(start, position);
  }

  /**
   * Marks the newest row of this file for removal. False if its position is not remembered any
   * more.
   */
  boolean takeBack(TargetName target) {
    lock.lock();
    try {
      Span row = newest.remove(target);
      return row != null && takenBack.add(row);
    } finally {
      lock.unlock();
    }
  }

  /** Removes the marked rows from the complete draft. */
  void clean(Path draft) throws IOException {
    if (takenBack.isEmpty()) {
      return;
    }
    takenBack.sort(Comparator.comparingLong(Span::start));
    Path clean = ReportFiles.draftOf(draft);
    try (FileChannel from = FileChannel.open(draft);
        WritableByteChannel to = Channels.newChannel(ReportFiles.createPrivate(clean))) {
      long kept = 0;
      for (Span row : takenBack) {
        copy(from, kept, row.start(), to);
        kept = row.end();
      }
      copy(from, kept, from.size(), to);
    }
    ReportFiles.publish(clean, draft);
  }

  private static void copy(FileChannel from, long start, long end, WritableByteChannel to)
      throws IOException {
    for (long at = start; at < end; ) {
      at += from.transferTo(at, end - at, to);
    }
  }
}
