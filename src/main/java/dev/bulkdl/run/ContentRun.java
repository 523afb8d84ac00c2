package dev.bulkdl.run;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.transfer.ContentSink;
import dev.bulkdl.transfer.ContentTarget;
import dev.bulkdl.transfer.FileProgress;
import dev.bulkdl.transfer.Handover;
import dev.bulkdl.transfer.MemorySink;
import dev.bulkdl.transfer.RequestContext;
import dev.bulkdl.transfer.StreamTransfer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Fetches files whose callers wait for the content. Each file has its own virtual thread, and an
 * interrupt of the caller stops it. Thread-safe.
 */
public final class ContentRun implements AutoCloseable {

  private final RequestContext context;
  private final RunControl control;
  private final TransferListener listener;
  private final Runnable onClose;
  private final LongAdder received = new LongAdder();
  private final Set<FileProgress> active = ConcurrentHashMap.newKeySet();
  private final WorkersPresent workers = new WorkersPresent();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param onClose called once, when the last file has ended
   */
  public ContentRun(
      RequestContext context, RunControl control, TransferListener listener, Runnable onClose) {
    this.context = context;
    this.control = control;
    this.listener = listener;
    this.onClose = onClose;
  }

  /** Returns the state of the calls that have not returned, at this moment. */
  public List<FileSnapshot> active() {
    return active.stream().map(FileProgress::snapshot).toList();
  }

  public RunControl control() {
    return control;
  }

  /**
   * Fetches a file into memory.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public Outcome fetch(Download download, MemorySink memory) {
    return fetch(download, memory, () -> {}, ContentRun::await);
  }

  /**
   * Fetches a file and writes it to the target, on the caller's thread.
   *
   * @throws IllegalStateException after {@link #close}
   * @throws IOException the exception of the target; its RuntimeException and Error are thrown too
   */
  public Outcome fetch(Download download, ContentTarget target) throws IOException {
    Handover handover = new Handover();
    return fetch(download, handover, handover::end, outcome -> handover.deliver(target));
  }

  /** The work of the caller's thread until the file has ended. */
  @FunctionalInterface
  private interface CallersPart<E extends Exception> {
    void play(CompletableFuture<Outcome> outcome) throws E, InterruptedException;
  }

  private <E extends Exception> Outcome fetch(
      Download download, ContentSink sink, Runnable atEnd, CallersPart<E> part) throws E {
    FileProgress progress = new FileProgress(download, received);
    download.size().ifPresent(progress::setTotal);
    active.add(progress);
    try (Cancellation.Child own = control.cancellation().child()) {
      Cancellation cancellation = own.cancellation();
      if (Thread.currentThread().isInterrupted()) {
        cancellation.cancel();
      }
      if (!workers.enter()) {
        throw new IllegalStateException("closed");
      }
      CompletableFuture<Outcome> outcome = new CompletableFuture<>();
      workers.start(
          "content",
          () -> {
            complete(outcome, progress, cancellation, sink);
            atEnd.run();
          });
      try {
        part.play(outcome);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        cancellation
            .cancel(); // it is still running only after an interrupt or an exception of the target
        outcome.handle((end, thrown) -> true).join(); // also with the interrupt flag set
      }
      return join(outcome);
    } finally {
      active.remove(progress);
    }
  }

  private void complete(
      CompletableFuture<Outcome> outcome,
      FileProgress progress,
      Cancellation cancellation,
      ContentSink sink) {
    try {
      outcome.complete(transfer(progress, cancellation, sink));
    } catch (RuntimeException | Error e) {
      outcome.completeExceptionally(e);
    }
  }

  private Outcome transfer(FileProgress progress, Cancellation cancellation, ContentSink sink) {
    Download download = progress.download();
    listener.onEvent(new TransferEvent.FileStarted(download));
    Outcome outcome = new StreamTransfer(context, download, progress, cancellation, sink).run();
    listener.onEvent(new TransferEvent.FileEnded(download, outcome));
    return outcome;
  }

  private static void await(CompletableFuture<Outcome> outcome) throws InterruptedException {
    try {
      outcome.get();
    } catch (ExecutionException e) {
      // join() throws its cause
    }
  }

  private static Outcome join(CompletableFuture<Outcome> outcome) {
    try {
      return outcome.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException bug) {
        throw bug;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  /** Stops all files and waits for their end. A caller can still be blocked in its target. */
  @Override
  public void close() {
    control.stop();
    if (closed.compareAndSet(false, true)) {
      workers.leave();
      workers.awaitNobody();
      onClose.run();
    }
  }
}
