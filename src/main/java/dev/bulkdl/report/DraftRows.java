package dev.bulkdl.report;

import dev.bulkdl.model.Spans.Span;
import dev.bulkdl.model.TargetName;
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

/** The rows of a draft, of which some turn out not to belong into it. Thread-safe. */
final class DraftRows {

  /**
   * More than are ever taken up again at one time; of older ones it is not known where they are.
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

  /** Writes a row that may be taken back. */
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

  /** Takes the newest row of this file back; false where it is not known any more. */
  boolean takeBack(TargetName target) {
    lock.lock();
    try {
      Span row = newest.remove(target);
      return row != null && takenBack.add(row);
    } finally {
      lock.unlock();
    }
  }

  /** Removes from the complete draft what was taken back. */
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
