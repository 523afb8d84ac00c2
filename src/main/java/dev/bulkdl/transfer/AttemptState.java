package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.FirstError;
import dev.bulkdl.disk.FsyncFailedException;
import dev.bulkdl.http.ByteRange;
import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.model.TransferMode;
import dev.bulkdl.model.Version;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of one attempt share: the version that they fetch, the segments, and how the
 * attempt ended. It starts no thread and sends nothing. Thread-safe.
 */
final class AttemptState implements AutoCloseable {

  /** Smaller files are tried without a look at the free space. */
  private static final long SPACE_MATTERS_FROM = 1L << 20;

  private final TransferContext context;
  private final TransferState transfer;
  private final boolean plain;
  private final ContentBound bound;
  private final SegmentMap map;
  private final FsyncScheduler fsyncs;
  private final Cancellation.Child child;
  private final Requester requester;
  private final AtomicReference<@Nullable AttemptEnd> end = new AtomicReference<>();
  private final FirstError error = new FirstError();
  private final AtomicReference<@Nullable FsyncFailedException> fsyncFailure =
      new AtomicReference<>();
  private final ReentrantLock splitting = new ReentrantLock();
  private final Arrivals arrivals;
  private volatile Version version = Version.UNKNOWN;
  private volatile boolean begun;
  private boolean resumed;
  private volatile boolean split;

  /**
   * @param plain whether to ask for the whole file without a range
   */
  AttemptState(TransferContext context, TransferState transfer, ResumePoint point, boolean plain) {
    this.context = context;
    this.transfer = transfer;
    this.plain = plain;
    this.arrivals = new Arrivals(context.ticker());
    this.bound = ContentBound.of(transfer.download(), context.settings().limits());
    this.child = transfer.cancellation().child();
    this.requester = new Requester(context, transfer.download(), child.cancellation());
    long minimum = context.settings().limits().segmentMin();
    switch (point) {
      case ResumePoint.Fresh ignored ->
          map = new SegmentMap(ByteRanges.EMPTY, OptionalLong.empty(), minimum, context.ticker());
      case ResumePoint.Continue from -> {
        version = from.journal().version();
        map = new SegmentMap(from.done(), version.total(), minimum, context.ticker());
        begun = true;
        resumed = true;
        split = from.asSplit();
      }
    }
    fsyncs = new FsyncScheduler(transfer.part(), map, FsyncScheduler.INTERVAL);
    transfer.progress().setLayout(map::layout);
  }

  TransferContext context() {
    return context;
  }

  TransferState transfer() {
    return transfer;
  }

  SegmentMap map() {
    return map;
  }

  ContentBound bound() {
    return bound;
  }

  FsyncScheduler fsyncs() {
    return fsyncs;
  }

  Requester requester() {
    return requester;
  }

  /** The attempt is over when this is cancelled, for whatever reason. */
  Cancellation cancellation() {
    return child.cancellation();
  }

  /** The version of the bytes in the partial file; {@link Version#UNKNOWN} before an answer. */
  Version version() {
    return version;
  }

  /** Whether the partial file was created or resumed. */
  boolean hasBegun() {
    return begun;
  }

  /** Whether several connections write, so that each notes its ranges in the journal. */
  boolean isSplit() {
    return split;
  }

  ConnectionSlot slot(boolean waits) {
    return new ConnectionSlot(context, cancellation(), transfer.progress(), waits);
  }

  // How it ends.

  /** The first end counts. It stops all connections. */
  void end(AttemptEnd how) {
    if (end.compareAndSet(null, how)) {
      cancellation().cancel();
    }
  }

  /** Stops connections that still owe bytes which others have brought meanwhile. */
  void endIfFetched() {
    if (map.isFetched()) {
      cancellation().cancel();
    }
  }

  /** An fsync failed. The attempt ends with that. */
  void fsyncFailed(FsyncFailedException e) {
    if (fsyncFailure.compareAndSet(null, e)) {
      cancellation().cancel();
    }
  }

  /** A bug was met. The run ends with it. */
  void failed(Throwable bug) {
    error.met(bug);
    cancellation().cancel();
  }

  /**
   * The end that a connection set; null where there is none.
   *
   * @throws FsyncFailedException when an fsync failed
   * @throws RuntimeException what a bug threw
   */
  @Nullable AttemptEnd earlyEnd() throws FsyncFailedException {
    error.rethrow();
    FsyncFailedException unsafe = fsyncFailure.get();
    if (unsafe != null) {
      throw unsafe;
    }
    return end.get();
  }

  // What may be asked for.

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
    OptionalLong size = transfer.download().size();
    return context.settings().limits().segments() > 1
        && (size.isEmpty() || size.getAsLong() / 2 >= context.settings().limits().segmentMin());
  }

  /** Whether a request for the rest brings the rest of the same file, or nothing. */
  boolean isResumable() {
    return !plain
        && transfer.ranges() != RangeSupport.REFUSED
        && (version.ifRange().isPresent() || takesOnTrust());
  }

  /** Whether bytes are built upon without a validator. */
  boolean takesOnTrust() {
    return !transfer.download().checksums().isEmpty()
        || context.settings().disk().trustSize()
        || transfer.adopted().isPresent();
  }

  // What came.

  /** When it came. */
  Arrivals arrivals() {
    return arrivals;
  }

  /**
   * Takes the first answer of a version: the partial file is created, and it is known whether it
   * may be split.
   *
   * @return false when the attempt has ended, because the file is too large for the disk or for the
   *     settings
   */
  boolean accept(ResponseDecision.Stream content) throws IOException {
    arrivals.answered();
    Optional<Failure> refused = bound.refuse(content.version().total().orElse(0));
    if (refused.isPresent()) {
      end(new AttemptEnd.GivenUp(refused.get()));
      return false;
    }
    if (!begun) {
      if (!fits(content.version())) {
        return false;
      }
      transfer.part().begin(content.version());
      begun = true;
    }
    if (version.equals(Version.UNKNOWN)) {
      version = content.version();
      if (resumed) {
        transfer.part().know(version);
      }
    }
    transfer.learnRanges(content.ranges());
    content.version().total().ifPresent(this::learnTotal);
    boolean ranges = !plain && content.ranges() != RangeSupport.REFUSED;
    map.allowSplits(ranges && version.ifRange().isPresent());
    return true;
  }

  private boolean fits(Version answered) throws IOException {
    long needed = answered.total().orElse(0);
    if (needed < SPACE_MATTERS_FROM) {
      return true;
    }
    long usable = context.folder().usableSpace();
    if (needed > usable) {
      String text =
          "it needs " + needed + " bytes, " + usable + " are free where it would be written";
      end(new AttemptEnd.GivenUp(new Failure.Disk(text, false)));
    }
    return needed <= usable;
  }

  private void learnTotal(long total) {
    map.learnTotal(total);
    transfer.progress().setTotal(total);
  }

  /**
   * From now on the size of the partial file says nothing. The journal says so before a second
   * connection writes.
   */
  void beginSplit() throws IOException {
    splitting.lock();
    try {
      if (!split) {
        transfer.part().split(map.written());
        split = true;
        transfer.progress().setMode(TransferMode.SPLIT);
      }
    } finally {
      splitting.unlock();
    }
  }

  @Override
  public void close() {
    child.close();
  }
}
