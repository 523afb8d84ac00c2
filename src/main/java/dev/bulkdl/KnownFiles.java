package dev.bulkdl;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.TargetName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The files of a run under way, to check those that are added. Thread-safe. */
final class KnownFiles {

  private final ReentrantLock lock = new ReentrantLock();
  private final Consumer<Collection<Download>> check;
  private final Set<TargetName> targets = new HashSet<>();
  private final Map<Origin, Download> oneOfEachOrigin = new LinkedHashMap<>();

  /** The files at the start; they are looked at when the first file is added. */
  private List<Download> unseen;

  /**
   * @param first the files at the start
   * @param check throws IllegalArgumentException if the settings do not fit files of these origins
   */
  KnownFiles(List<Download> first, Consumer<Collection<Download>> check) {
    this.unseen = first;
    this.check = check;
  }

  /**
   * Adds all of these files or none.
   *
   * @param deliver gives them to the run; returns false if it takes none any more
   * @return what {@code deliver} has returned
   * @throws IllegalArgumentException when a target is in the run already, or as {@code check}
   */
  boolean add(Collection<Download> files, Predicate<List<Download>> deliver) {
    List<Download> more = List.copyOf(files);
    lock.lock();
    try {
      note(unseen);
      unseen = List.of();
      refuseKnown(more);
      List<Download> ofAllOrigins = new ArrayList<>(oneOfEachOrigin.values());
      ofAllOrigins.addAll(more);
      check.accept(ofAllOrigins);
      boolean taken = deliver.test(more);
      if (taken) {
        note(more);
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void note(List<Download> files) {
    for (Download file : files) {
      targets.add(file.target());
      oneOfEachOrigin.putIfAbsent(file.origin(), file);
    }
  }

  private void refuseKnown(List<Download> more) {
    Set<TargetName> here = new HashSet<>();
    for (Download file : more) {
      if (targets.contains(file.target()) || !here.add(file.target())) {
        throw new IllegalArgumentException(
            "the run has a file " + file.target() + " already; nothing was added");
      }
    }
  }
}
