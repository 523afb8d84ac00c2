package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Polling;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.SocketTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.Pipe;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The caller's side of a download to a stream: slow, failing, interrupted, stopped. */
class ContentStreamTest extends ContentFixture {
  private static final int MIB = 1 << 20;
  private static final long STALL = 700_000;

  private final Gate gate = new Gate();

  /** A stream that does this before each write. */
  private static Taken before(Writing action) {
    return new Taken() {
      @Override
      public synchronized void write(byte[] bytes, int from, int count) {
        try {
          action.run(size());
        } catch (IOException e) {
          throw new Wrapped(e);
        }
        super.write(bytes, from, count);
      }
    };
  }

  @FunctionalInterface
  private interface Writing {
    void run(int written) throws IOException;
  }

  private static final class Wrapped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Wrapped(IOException cause) {
      super(cause);
    }
  }

  /** A stream whose first write, or flush, throws this. */
  private static OutputStream throwing(Throwable thrown, boolean atFlush) {
    return new OutputStream() {
      @Override
      public void write(int one) {
        throw new AssertionError("bytes come in blocks");
      }

      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        if (!atFlush) {
          raise();
        }
      }

      @Override
      public void flush() throws IOException {
        raise();
      }

      private void raise() throws IOException {
        switch (thrown) {
          case IOException e -> throw e;
          case RuntimeException e -> throw e;
          case Error e -> throw e;
          default -> throw new AssertionError(thrown);
        }
      }
    };
  }

  static Stream<Throwable> exceptions() {
    return Stream.of(
        new IOException("disk\nfull"),
        new SocketTimeoutException("the client is gone"),
        new IllegalStateException("mine"),
        new AssertionError("mine"));
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void whatTheStreamThrowsReachesTheCaller(Throwable thrown) {
    assertThatThrownBy(() -> fetcher().toStream(a(), throwing(thrown, false))).isSameAs(thrown);
    assertStreamFailed(thrown, 0);
    assertThat(asked()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void whatItThrowsWhenFlushedDoesToo(Throwable thrown) {
    assertThatThrownBy(() -> fetcher().toStream(a(), throwing(thrown, true))).isSameAs(thrown);
    assertStreamFailed(thrown, PAYLOAD.size());
  }

  /** The server sends nothing more. That does not keep the caller. */
  @Test
  void aStreamThatFailsDoesNotWaitForTheNetwork() {
    IOException thrown = new IOException("mine");
    server.with("/a", new Fault.Stall(STALL, gate));
    assertThatThrownBy(() -> fetcher().toStream(a(), throwing(thrown, false))).isSameAs(thrown);
    assertStreamFailed(thrown, 0);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private void assertStreamFailed(Throwable thrown, long bytes) {
    assertThat(files.seen(TransferEvent.FileEnded.class))
        .singleElement()
        .satisfies(
            end -> {
              Failure failure = failed(end.outcome());
              assertThat(failure).isInstanceOf(Failure.Disk.class);
              assertThat(failure.text())
                  .startsWith("the caller's stream failed: " + thrown.getClass().getSimpleName())
                  .doesNotContain("\n");
              assertThat(end.outcome().effort().downloaded()).isEqualTo(bytes);
            });
    assertThat(files.seen(TransferEvent.Retrying.class)).isEmpty();
    server.traffic().awaitNoConnections();
  }

  /** What is fetched ahead of a slow reader is one buffer, and the server waits. */
  @Test
  void aSlowReaderHoldsTheServerBack() throws IOException {
    Payload large = new Payload(5, 256L * MIB);
    server.serve("/a", large);
    long[] most = new long[1];
    Taken counted =
        new Taken() {
          private long written;

          @Override
          public synchronized void write(byte[] bytes, int from, int count) {
            if (written == 0) {
              awaitNothingMoreIsServed();
              assertThat(server.bytesServed()).isLessThan(64L * MIB);
            }
            most[0] = Math.max(most[0], progress().bytes() - written);
            written += count;
          }
        };
    Outcome.Completed outcome = completed(fetcher().toStream(a(), counted));
    assertThat(outcome.size()).isEqualTo(large.size());
    assertThat(most[0]).isLessThanOrEqualTo(64 * KIB);
    assertNoRestart();
    assertThat(files.seen(TransferEvent.Retrying.class)).isEmpty();
  }

  private void awaitNothingMoreIsServed() {
    long[] same = {0, 0};
    Polling.await(
        "the server",
        server::bytesServed,
        served -> {
          same[1] = served == same[0] ? same[1] + 1 : 0;
          same[0] = served;
          return same[1] == 10;
        });
  }

  private FileSnapshot progress() {
    return fetcher().active().getFirst();
  }

  /** A caller in a thread of its own. */
  private final class Caller {
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final AtomicBoolean flag = new AtomicBoolean();
    private final Thread thread;

    Caller(Supplier<Outcome> call) {
      thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      Outcome end = call.get();
                      flag.set(Thread.currentThread().isInterrupted());
                      outcome.complete(end);
                    } catch (RuntimeException | Error e) {
                      outcome.completeExceptionally(e);
                    }
                  });
    }

    Outcome end() throws Exception {
      return outcome.get(30, TimeUnit.SECONDS);
    }

    void assertCancelledByInterrupt() throws Exception {
      assertThat(end()).isInstanceOf(Outcome.Cancelled.class);
      assertThat(flag).isTrue();
      assertThat(files.seen(TransferEvent.FileEnded.class).getLast().outcome()).isEqualTo(end());
    }
  }

  private Outcome toStream(OutputStream stream) {
    return toStream(a(), stream);
  }

  private Outcome toStream(Download file, OutputStream stream) {
    try {
      return fetcher().toStream(file, stream);
    } catch (IOException e) {
      throw new Wrapped(e);
    }
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void anInterruptEndsItAndIsKept(Target target) throws Exception {
    server.with("/a", new Fault.Stall(STALL, gate));
    Got[] got = new Got[1];
    Caller caller = new Caller(() -> (got[0] = fetch(target, a())).outcome());
    gate.awaitArrivals(1);
    Polling.await("progress", () -> progress().bytes(), bytes -> bytes == STALL);
    caller.thread.interrupt();
    caller.assertCancelledByInterrupt();
    int taken = got[0].bytes().length;
    assertThat(caller.end().effort().downloaded()).isEqualTo(taken);
    if (target.keeps()) { // the last buffer can be on its way to the target
      assertThat(taken).isBetween((int) STALL - 64 * KIB, (int) STALL);
    }
    server.traffic().awaitNoConnections();
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void anInterruptBeforeTheCallSendsNothing(Target target) throws Exception {
    fetcher();
    Caller caller =
        new Caller(
            () -> {
              Thread.currentThread().interrupt();
              return fetch(target, a()).outcome();
            });
    caller.assertCancelledByInterrupt();
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void anInterruptInARetryDelayEndsIt(Target target) throws Exception {
    settings = settings.with(settings.patience().withDelays(millis(3_600_000), millis(3_600_000)));
    server.always("/a", new Fault.CutAfter(STALL));
    Caller caller = new Caller(() -> fetch(target, a()).outcome());
    files.await(TransferEvent.Retrying.class, 1);
    caller.thread.interrupt();
    caller.assertCancelledByInterrupt();
  }

  /** The pipe throws an InterruptedIOException and clears the flag. */
  @Test
  void anInterruptInsideAPipeEndsItAndIsKept() throws Exception {
    try (PipedInputStream nobodyReads = new PipedInputStream()) {
      PipedOutputStream pipe = new PipedOutputStream(nobodyReads);
      Caller caller = new Caller(() -> toStream(pipe));
      Polling.await("the pipe", caller.thread::getState, Thread.State.TIMED_WAITING::equals);
      Polling.await("bytes", () -> progress().bytes(), bytes -> bytes > 0);
      caller.thread.interrupt();
      caller.assertCancelledByInterrupt();
    }
  }

  @Test
  void anInterruptInsideAChannelEndsItAndIsKept() throws Exception {
    Pipe pipe = Pipe.open();
    Caller caller =
        new Caller(
            () -> {
              try {
                return fetcher().toChannel(a(), pipe.sink());
              } catch (IOException e) {
                throw new Wrapped(e);
              }
            });
    files.await(TransferEvent.Answered.class, 1);
    Polling.await("bytes", () -> progress().bytes(), bytes -> bytes > 64 * KIB);
    caller.thread.interrupt();
    caller.assertCancelledByInterrupt();
    pipe.source().close();
  }

  @Test
  void anInterruptedIoExceptionCountsAsAnInterrupt() {
    Outcome outcome = toStream(throwing(new InterruptedIOException(), false));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome).isInstanceOf(Outcome.Cancelled.class);
  }

  /** Closing is the stop of all downloads. */
  @ParameterizedTest
  @EnumSource(Target.class)
  void aStopEndsItAsCancelled(Target target) throws Exception {
    server.with("/a", new Fault.Stall(STALL, gate));
    Caller caller = new Caller(() -> fetch(target, a()).outcome());
    gate.awaitArrivals(1);
    fetcher().close();
    assertThat(caller.end()).isInstanceOf(Outcome.Cancelled.class);
    assertThat(caller.flag).isFalse();
    server.traffic().awaitNoConnections();
    assertThatIllegalStateException().isThrownBy(() -> fetch(target, a()));
  }

  /** The connection is given back although the caller is still in its stream. */
  @Test
  void aStopDoesNotWaitForABlockedStream() throws Exception {
    Gate inStream = new Gate();
    Caller caller = new Caller(() -> toStream(before(written -> inStream.pass())));
    inStream.awaitArrivals(1);
    fetcher().close();
    server.traffic().awaitNoConnections();
    assertThat(files.seen(TransferEvent.FileEnded.class)).hasSize(1);
    assertThat(caller.outcome).isNotDone();
    inStream.open();
    assertThat(caller.end()).isInstanceOf(Outcome.Cancelled.class);
    assertThat(caller.end().effort().downloaded()).isZero();
  }

  /** A read that is under way when the pause begins may bring one more buffer. */
  @ParameterizedTest
  @EnumSource(Target.class)
  void aPauseHoldsItBack(Target target) throws Exception {
    Payload large = new Payload(5, 32L * MIB);
    server.serve("/a", large).with("/a", new Fault.Stall(STALL, gate));
    Caller caller = new Caller(() -> fetch(target, a()).outcome());
    gate.awaitArrivals(1);
    Polling.await("progress", () -> progress().bytes(), bytes -> bytes == STALL);
    fetcher().pause();
    gate.open();
    awaitNothingMoreIsServed();
    assertThat(progress().bytes()).isLessThan(STALL + 2 * MIB);
    assertThat(caller.outcome).isNotDone();
    fetcher().resume();
    assertThat(completed(caller.end()).size()).isEqualTo(large.size());
  }

  /** A connection that is taken away is replaced, and the content goes on. */
  @ParameterizedTest
  @EnumSource(Target.class)
  void itGoesOnOverAnotherConnection(Target target) throws Exception {
    settings = settings.with(settings.limits().withMaxPerHost(2));
    server.with("/a", new Fault.Stall(STALL, gate), new Fault.Stall(STALL, gate));
    Download second = Download.of("b", server.uri("/a"));
    Caller one = new Caller(() -> fetch(target, a()).outcome());
    Caller two = new Caller(() -> fetch(target, second).outcome());
    gate.awaitArrivals(2);
    fetcher().changeConnections(-1);
    gate.open();
    assertThat(completed(one.end()).size()).isEqualTo(PAYLOAD.size());
    assertThat(completed(two.end()).size()).isEqualTo(PAYLOAD.size());
    assertThat(asked()).hasSizeGreaterThan(2);
  }

  /** What could not go on is not cut: it keeps its connection to the end. */
  @ParameterizedTest
  @EnumSource(Target.class)
  void contentThatCouldNotGoOnKeepsItsConnection(Target target) throws Exception {
    settings = settings.with(settings.limits().withMaxPerHost(2));
    Fault stall = Fault.all(new Fault.NoValidator(), new Fault.Stall(STALL, gate));
    server.with("/a", stall, stall);
    Download other = Download.of("b", server.uri("/a"));
    Download second = target.keeps() ? hashed(other, PAYLOAD) : other; // no proof for a stream
    fetcher();
    Caller one = new Caller(() -> fetch(target, a()).outcome());
    Caller two = new Caller(() -> fetch(target, second).outcome());
    gate.awaitArrivals(2);
    Polling.await("bytes", this::bytes, bytes -> bytes == 2 * STALL);
    fetcher().changeConnections(-1);
    gate.open();
    completed(one.end());
    completed(two.end());
    assertThat(asked()).hasSize(2);
    assertNoRestart();
  }

  private long bytes() {
    return fetcher().active().stream().mapToLong(FileSnapshot::bytes).sum();
  }

  /** The content goes on where it was when the stream takes bytes again. */
  @Test
  void aBlockedStreamGivesItsConnectionUp() throws Exception {
    settings = settings.with(settings.limits().withMaxPerHost(2));
    fetcher();
    server.with("/a", new Fault.Stall(STALL, gate));
    Caller first = new Caller(() -> fetch(Target.STREAM, a()).outcome());
    gate.awaitArrivals(1);
    Gate inStream = new Gate();
    Got[] second = new Got[1];
    Caller blocked =
        new Caller(
            () -> {
              Taken taken = before(written -> inStream.pass());
              Outcome end = toStream(Download.of("b", server.uri("/a")), taken);
              second[0] = new Got(end, taken.toByteArray(), taken.flushes);
              return end;
            });
    inStream.awaitArrivals(1);
    fetcher().changeConnections(-1);
    Polling.await("connections", this::connections, open -> open == 1);
    gate.open();
    assertThat(completed(first.end()).size()).isEqualTo(PAYLOAD.size());
    inStream.open();
    completed(blocked.end());
    second[0].assertHolds(PAYLOAD, Proof.ETAG);
    assertThat(asked()).hasSize(3);
    assertThat(asked().getLast().start()).isPositive();
  }

  private int connections() {
    return fetcher().active().stream().mapToInt(FileSnapshot::connections).sum();
  }

  @Test
  void aFileChannelIsFilledAndStaysOpen() throws IOException {
    Path file = temp.resolve("file");
    server.with("/a", new Fault.CutAfter(STALL));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(completed(fetcher().toChannel(a(), channel)).proof()).isEqualTo(Proof.ETAG);
      assertThat(channel.isOpen()).isTrue();
    }
    assertThat(PAYLOAD.matches(file)).isTrue();
  }

  @Test
  void aChannelThatDoesNotBlockIsRefused() throws IOException {
    Pipe pipe = Pipe.open();
    pipe.sink().configureBlocking(false);
    assertThatThrownBy(() -> fetcher().toChannel(a(), pipe.sink()))
        .isInstanceOf(IllegalBlockingModeException.class);
    assertThat(server.requests()).isEmpty();
    pipe.sink().close();
    pipe.source().close();
  }

  /** The caller may hold the lock of its stream. */
  @Test
  void theCallersOwnThreadWrites() throws IOException {
    Taken taken = new Taken();
    synchronized (taken) {
      completed(fetcher().toStream(a(), taken));
    }
    assertThat(taken.toByteArray()).isEqualTo(PAYLOAD.bytes());
  }
}
