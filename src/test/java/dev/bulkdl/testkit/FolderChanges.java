package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.function.BooleanSupplier;

/** Counts the names that appear in and disappear from a folder, from now on until closed. */
public final class FolderChanges implements AutoCloseable {
  private final Monitor monitor = new Monitor();
  private final WatchService watch;
  private int changes;

  public FolderChanges(Path folder) {
    try {
      watch = folder.getFileSystem().newWatchService();
      folder.register(
          watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("changes of " + folder).start(this::count);
  }

  /** Waits for the n-th change. */
  public void await(int count) {
    awaitUntil(() -> changes >= count);
  }

  /** Waits for a change after which the condition holds. */
  public void awaitUntil(BooleanSupplier condition) {
    monitor.await(condition, () -> "the right change, seen " + changes);
  }

  @Override
  public void close() {
    try {
      watch.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void count() {
    try {
      while (true) {
        WatchKey key = watch.take();
        int more = key.pollEvents().size();
        monitor.change(() -> changes += more);
        key.reset();
      }
    } catch (ClosedWatchServiceException e) {
      // The watcher was closed: nobody waits any more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
