package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.FirstError;
import dev.bulkdl.disk.NotForcedException;
import dev.bulkdl.http.ByteRange;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Mode;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.model.Spans;
import dev.bulkdl.model.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what is missing of one file, all of it from one version: a first worker that sees the
 * round through, on the file's own thread, and helpers for as long as connections are idle. It ends
 * when the file is complete, must begin anew, or cannot go on.
 */
final class Round {

  /** Smaller files are tried without a look at the free space. */
  private static final long SPACE_MATTERS_FROM = 1L << 20;

  private static final long NO_ANSWER = Long.MIN_VALUE;

  private final TransferContext context;
  private final FileWork work;
  private final boolean plain;
  private final ContentBound bound;
  private final SegmentMap map;
  private final Checkpoints checkpoints;
  private final Cancellation.Child child;
  private final Requester requester;
  private final AtomicReference<@Nullable RoundEnd> end = new AtomicReference<>();
  private final FirstError bug = new FirstError();
  private final AtomicReference<@Nullable NotForcedException> notForced = new AtomicReference<>();
  private final Crew crew;
  private final ReentrantLock splitting = new ReentrantLock();
  private volatile Version version = Version.UNKNOWN;
  private volatile boolean begun;
  private final AtomicLong firstAnswer = new AtomicLong(NO_ANSWER);
  private final AtomicInteger arrivals = new AtomicInteger();
  private volatile long lastArrival;
  private boolean resumed;
  private volatile boolean split;

  /**
   * @param plain whether to ask for the whole file without a range
   */
  Round(TransferContext context, FileWork work, ResumePoint point, boolean plain) {
    this.context = context;
    this.work = work;
    this.plain = plain;
    this.bound = ContentBound.of(work.download(), context.settings().limits());
    this.child = work.cancellation().child();
    this.requester = new Requester(context, work.download(), child.cancellation());
    this.crew = new Crew(plain ? 1 : context.settings().limits().segments(), context.ticker());
    long minimum = context.settings().limits().segmentMin();
    switch (point) {
      case ResumePoint.Fresh ignored ->
          map = new SegmentMap(Spans.EMPTY, OptionalLong.empty(), minimum, context.ticker());
      case ResumePoint.Continue from -> {
        version = from.journal().version();
        map = new SegmentMap(from.done(), version.total(), minimum, context.ticker());
        begun = true;
        resumed = true;
        split = from.asSplit();
      }
    }
    checkpoints = new Checkpoints(work.part(), map, Checkpoints.INTERVAL);
    work.progress().setLayout(map::layout);
  }

  /**
   * Runs on the file's own thread.
   *
   * @throws java.util.concurrent.CancellationException when the file is to stop; what was written
   *     is kept
   * @throws IOException when the partial file cannot be written
   */
  RoundEnd run() throws IOException {
    try (child) {
      while (!cancellation().isCancelled() && !map.isComplete()) {
        new Worker(this, seat(true), true).run();
        crew.awaitAlone();
      }
    } finally {
      child.cancellation().cancel();
      crew.awaitAlone();
    }
    bug.rethrow();
    NotForcedException unsafe = notForced.get();
    if (unsafe != null) {
      throw unsafe;
    }
    RoundEnd early = end.get();
    if (early == null && !map.isComplete()) {
      keepForNextRun();
      work.cancellation().check();
    }
    settle(early);
    return early == null ? new RoundEnd.Complete(map.total().orElseThrow()) : early;
  }

  /** A stop while this waits for the device changes nothing for a file that is given up. */
  private void settle(@Nullable RoundEnd how) throws IOException {
    try {
      checkpoints.settle(work.cancellation());
    } catch (CancellationException e) {
      if (!(how instanceof RoundEnd.GivenUp)) {
        throw e;
      }
    }
  }

  /**
   * A stop is often followed by a restart of the machine, after which only what was forced counts.
   */
  private void keepForNextRun() throws IOException {
    if (begun && context.settings().disk().sync().covers(map.written().bytes())) {
      checkpoints.lastAtStop();
    }
  }

  // What workers ask and tell.

  TransferContext context() {
    return context;
  }

  FileWork work() {
    return work;
  }

  SegmentMap map() {
    return map;
  }

  ContentBound bound() {
    return bound;
  }

  Checkpoints checkpoints() {
    return checkpoints;
  }

  Requester requester() {
    return requester;
  }

  Cancellation cancellation() {
    return child.cancellation();
  }

  Version version() {
    return version;
  }

  /** A buffer of content came from the network. */
  void arrived() {
    arrivals.incrementAndGet();
    lastArrival = context.ticker().nanos();
  }

  /**
   * From the first answer to the last content. None where all content came at once: what a busy
   * machine takes to write it gives the remote file no time to change.
   */
  Duration took() {
    return arrivals.get() > 1
        ? Duration.ofNanos(Math.max(0, lastArrival - firstAnswer.get()))
        : Duration.ZERO;
  }

  /** Whether several workers write, so that each notes its ranges in the journal. */
  boolean isSplit() {
    return split;
  }

  /** The first end counts; it stops all workers. */
  void end(RoundEnd how) {
    if (end.compareAndSet(null, how)) {
      child.cancellation().cancel();
    }
  }

  /** Stops workers whose connections still owe bytes that others have brought meanwhile. */
  void endIfFetched() {
    if (map.isFetched()) {
      child.cancellation().cancel();
    }
  }

  /** The device does not take what is written: the file ends with that. */
  void notForced(NotForcedException e) {
    if (notForced.compareAndSet(null, e)) {
      child.cancellation().cancel();
    }
  }

  /** A worker met what cannot be: the run will end with it. */
  void bug(Throwable thrown) {
    bug.met(thrown);
    child.cancellation().cancel();
  }

  Seat seat(boolean waits) {
    return new Seat(context, child.cancellation(), work.progress(), waits);
  }

  /** The bytes to ask for; none where the whole file is asked for without a range. */
  Optional<ByteRange> range(Segment segment) {
    boolean wholeAndNeverSplit =
        segment.position() == 0 && segment.end() == SegmentMap.OPEN && !mayBeSplit();
    return plain || wholeAndNeverSplit
        ? Optional.empty()
        : Optional.of(new ByteRange(segment.position(), segment.end()));
  }

  /** As far as the settings and the manifest tell before the first answer. */
  private boolean mayBeSplit() {
    OptionalLong size = work.download().size();
    return context.settings().limits().segments() > 1
        && (size.isEmpty() || size.getAsLong() / 2 >= context.settings().limits().segmentMin());
  }

  /**
   * Whether a request for the rest would be answered with the rest of the same file, or not at all.
   */
  boolean isResumable() {
    return !plain
        && work.ranges() != RangeSupport.REFUSED
        && (version.ifRange().isPresent() || takesOnTrust());
  }

  /** Whether bytes are built upon without a validator. */
  boolean takesOnTrust() {
    return !work.download().checksums().isEmpty()
        || context.settings().disk().trustSize()
        || work.adopted().isPresent();
  }

  /**
   * The first answer of a version: the partial file begins, and it is clear whether it may be
   * split.
   *
   * @return false when the round has ended, because the file is too large for the disk or for the
   *     settings
   */
  boolean accept(Ruling.Stream content) throws IOException {
    firstAnswer.compareAndSet(NO_ANSWER, context.ticker().nanos());
    Optional<Failure> refused = bound.refuse(content.version().total().orElse(0));
    if (refused.isPresent()) {
      end(new RoundEnd.GivenUp(refused.get()));
      return false;
    }
    if (!begun) {
      if (!fits(content.version())) {
        return false;
      }
      work.part().begin(content.version());
      begun = true;
    }
    if (version.equals(Version.UNKNOWN)) {
      version = content.version();
      if (resumed) {
        work.part().know(version);
      }
    }
    work.learnRanges(content.ranges());
    content.version().total().ifPresent(this::learnTotal);
    boolean ranges = !plain && content.ranges() != RangeSupport.REFUSED;
    map.allowSplits(ranges && version.ifRange().isPresent());
    return true;
  }

  private boolean fits(Version told) throws IOException {
    long needed = told.total().orElse(0);
    if (needed < SPACE_MATTERS_FROM) {
      return true;
    }
    long usable = context.folder().usableSpace();
    if (needed > usable) {
      String text =
          "it needs " + needed + " bytes, " + usable + " are free where it would be written";
      end(new RoundEnd.GivenUp(new Failure.Disk(text, false)));
    }
    return needed <= usable;
  }

  private void learnTotal(long total) {
    map.learnTotal(total);
    work.progress().setTotal(total);
  }

  /**
   * Adds a worker if connections are idle, the server may give ranges and there is enough left to
   * share.
   */
  void growIfPossible() throws IOException {
    if (!map.allowsSplits() || crew.isFull() || !map.hasWork() || !crew.enter()) {
      return;
    }
    Seat seat = seat(false);
    boolean started = false;
    try {
      if (seat.take(requester.origin())) {
        beginSplit();
        Thread.ofVirtual().name("segment").start(() -> help(seat));
        started = true;
      }
    } finally {
      if (!started) {
        seat.close();
        crew.leave();
      }
    }
  }

  private void help(Seat seat) {
    try {
      new Worker(this, seat, false).run();
    } finally {
      crew.leave();
    }
  }

  /** Whether the file has one connection only. */
  boolean isAlone() {
    return crew.isAlone();
  }

  /**
   * Who asked beside others was turned away: no further helper is sent. What the network did may
   * pass, so there one is sent on trial after each longest wait; an answer is believed.
   */
  void sendNoMoreHelpers(Failure why) {
    crew.admitNoMore(why.isNetwork() ? context.settings().patience().maxDelay() : Duration.ZERO);
  }

  /** Who asked alone has failed too: what turned others away need not have been a limit. */
  void sendHelpersAgain() {
    crew.admitAgain();
  }

  /**
   * From now on the partial file's size says nothing; that stands in the journal before a helper
   * writes.
   */
  private void beginSplit() throws IOException {
    splitting.lock();
    try {
      if (!split) {
        work.part().split(map.written());
        split = true;
        work.progress().setMode(Mode.SPLIT);
      }
    } finally {
      splitting.unlock();
    }
  }
}
