package dev.bulkdl.serve.job;

import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.manifest.RowFile;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.serve.job.FileTable.FileRow;
import dev.bulkdl.serve.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gives a run the rows of its job that are to be fetched, in the order of the database, some
 * thousands at a time. It knows which rows the run has, so that none is given twice. Thread-safe.
 */
final class RowFeed implements Iterator<ManifestRow>, AutoCloseable {

  /** Rows that the user has moved to the front are before this position. */
  static final long MOVED_FIRST = -1_000_000_000_000L;

  private static final int PAGE = 2000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Database database;
  private final String job;
  private final RowFile.Reader rows;
  private final Deque<FileRow> buffer = new ArrayDeque<>();
  private final Map<TargetName, Long> given = new ConcurrentHashMap<>();
  private final Map<Long, TargetName> givenRows = new ConcurrentHashMap<>();
  private long pos = Long.MIN_VALUE;
  private long row = Long.MIN_VALUE;
  private volatile boolean closed;

  RowFeed(Database database, String job, RowFile.Reader rows) {
    this.database = database;
    this.job = job;
    this.rows = rows;
  }

  @Override
  public boolean hasNext() {
    lock.lock();
    try {
      while (!closed && buffer.isEmpty() && readPage()) {
        // until there is one that the run does not have
      }
      return !closed && !buffer.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Returns false at the end. */
  private boolean readPage() {
    List<FileRow> page = database.read(sql -> FileTable.next(sql, job, pos, row, PAGE));
    for (FileRow each : page) {
      pos = each.pos();
      row = each.row();
      if (!givenRows.containsKey(each.row())) {
        buffer.add(each);
      }
    }
    return !page.isEmpty();
  }

  @Override
  public ManifestRow next() {
    lock.lock();
    try {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return new ManifestRow.Good(give(buffer.remove()));
    } finally {
      lock.unlock();
    }
  }

  private Download give(FileRow next) {
    Download download = read(next);
    given.put(download.target(), next.row());
    givenRows.put(next.row(), download.target());
    return next.pos() <= MOVED_FIRST ? download.withPriority(Download.HIGHEST_PRIORITY) : download;
  }

  private Download read(FileRow at) {
    try {
      if (rows.get(at.offset()) instanceof ManifestRow.Good good) {
        return good.download();
      }
      throw new IOException("row " + at.row() + " of the job's file of rows is damaged");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks at the rows from the first on again: some are to be fetched that were not. */
  void rewind() {
    lock.lock();
    try {
      pos = Long.MIN_VALUE;
      row = Long.MIN_VALUE;
      buffer.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Returns up to so many of the next rows, for a run that reads no more by itself. */
  List<Download> take(int most) {
    lock.lock();
    try {
      List<Download> taken = new ArrayList<>();
      while (taken.size() < most && hasNext()) {
        taken.add(give(buffer.remove()));
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Returns one row that is to be fetched now; empty if the run has it. */
  Optional<Download> take(FileRow one) {
    lock.lock();
    try {
      return closed || givenRows.containsKey(one.row()) ? Optional.empty() : Optional.of(give(one));
    } finally {
      lock.unlock();
    }
  }

  /** Returns the row of a file that the run has. */
  Optional<Long> row(TargetName target) {
    return Optional.ofNullable(given.get(target));
  }

  /** Returns the rows that the run has. */
  Collection<Long> given() {
    return Set.copyOf(givenRows.keySet());
  }

  /** The run does not have the file any more. */
  void forget(TargetName target) {
    Long number = given.remove(target);
    if (number != null) {
      givenRows.remove(number);
    }
  }

  /** The run has ended these rows, and the database knows. */
  void forgetRows(Collection<Long> rows) {
    for (Long number : rows) {
      TargetName target = givenRows.remove(number);
      if (target != null) {
        given.remove(target, number);
      }
    }
  }

  /** Gives no more rows: the run is to end. */
  void end() {
    closed = true;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    lock.lock();
    try {
      rows.close();
    } finally {
      lock.unlock();
    }
  }
}
