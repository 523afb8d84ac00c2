package dev.bulkdl.report;

import dev.bulkdl.model.Failure;
import dev.bulkdl.report.RunReport.FailedFile;
import dev.bulkdl.report.RunReport.FailureGroup;
import dev.bulkdl.text.Redaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The failed files of a run: counted by class and HTTP status with a few names of each, and the
 * newest one by one. Thread-safe.
 */
final class FailureTally {

  /** The names that are kept of each class and status. */
  static final int SAMPLES = 3;

  /** The newest failed files that are kept one by one. */
  static final int LISTED = 1_000;

  private static final int LONGEST_TEXT = 500;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Group> groups = new HashMap<>();
  private final Map<String, FailedFile> files = new LinkedHashMap<>();

  private record Key(Failure.Kind kind, int status) {}

  private static final class Group {
    private final Set<String> samples = new LinkedHashSet<>();
    private boolean isTransient;
    private long files;
  }

  /**
   * Counts a failed file.
   *
   * @param name the file's name, or its line in the manifest
   * @param url empty if it could not be read
   */
  void add(String name, String url, Failure failure, int attempts) {
    String shown = clipped(Redaction.of(name));
    int status = FailureText.status(failure);
    lock.lock();
    try {
      Group group = groups.computeIfAbsent(new Key(failure.kind(), status), ignored -> new Group());
      group.files++;
      group.isTransient = failure.isTransient();
      if (group.samples.size() < SAMPLES) {
        group.samples.add(shown);
      }
      files.remove(shown);
      files.put(
          shown,
          new FailedFile(
              shown,
              clipped(Redaction.of(url)),
              failure.label(),
              status,
              clipped(Redaction.of(failure.text())),
              attempts));
      if (files.size() > LISTED) {
        files.remove(files.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Subtracts a failed file that was requeued. */
  void takeBack(String name, Failure failure) {
    String shown = clipped(Redaction.of(name));
    lock.lock();
    try {
      files.remove(shown);
      Group group = groups.get(new Key(failure.kind(), FailureText.status(failure)));
      if (group != null) {
        group.files--;
        group.samples.remove(shown);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The classes and statuses, the most frequent first. */
  List<FailureGroup> groups() {
    lock.lock();
    try {
      return groups.entrySet().stream()
          .filter(each -> each.getValue().files > 0)
          .map(each -> group(each.getKey(), each.getValue()))
          .sorted(
              Comparator.comparingLong(FailureGroup::files)
                  .reversed()
                  .thenComparing(FailureGroup::title))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  private static FailureGroup group(Key key, Group group) {
    return new FailureGroup(
        key.kind.label(),
        key.status,
        group.files,
        FailureText.title(key.kind, key.status),
        FailureText.nextStep(key.kind, key.status),
        group.isTransient,
        List.copyOf(group.samples));
  }

  /** The newest failed files, the newest first. */
  List<FailedFile> newest() {
    lock.lock();
    try {
      return List.copyOf(new ArrayList<>(files.values()).reversed());
    } finally {
      lock.unlock();
    }
  }

  private static String clipped(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
  }
}
