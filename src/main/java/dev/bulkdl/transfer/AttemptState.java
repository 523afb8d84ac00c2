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
 * The state that the connections of one attempt share: the version that they fetch, the segments,
 * and how the attempt ended. It starts no thread and sends no request. Thread-safe.
 */
final class AttemptState implements AutoCloseable {

  /** Files smaller than this, in bytes, are fetched without a check of the free space. */
  private static final long SPACE_MATTERS_FROM = 1L << 20;

  private final TransferContext context;
  private final TransferState transfer;
  private final boolean plain;
  private final ContentBound bound;
  private final PieceSize pieces;
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
   * @param plain whether to request the whole file without a range
   */
  AttemptState(TransferContext context, TransferState transfer, ResumePoint point, boolean plain) {
    this.context = context;
    this.transfer = transfer;
    this.plain = plain;
    this.arrivals = new Arrivals(context.ticker());
    this.bound = ContentBound.of(transfer.download(), context.settings().limits());
    this.child = transfer.cancellation().child();
    this.requester = new Requester(context, transfer.download(), child.cancellation());
    this.pieces = new PieceSize(context.settings().limits());
    switch (point) {
      case ResumePoint.Fresh ignored ->
          map = new SegmentMap(ByteRanges.EMPTY, OptionalLong.empty(), pieces, context.ticker());
      case ResumePoint.Continue from -> {
        version = from.journal().version();
        map = new SegmentMap(from.done(), version.total(), pieces, context.ticker());
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

  PieceSize pieces() {
    return pieces;
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

  /** Ends the attempt's work when it is cancelled, for any reason. */
  Cancellation cancellation() {
    return child.cancellation();
  }

  /**
   * The version of the bytes in the partial file; {@link Version#UNKNOWN} before the first
   * response.
   */
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

  // The end of the attempt.

  /** Ends the attempt and stops all connections. Only the first call sets the end. */
  void end(AttemptEnd how) {
    if (end.compareAndSet(null, how)) {
      cancellation().cancel();
    }
  }

  /**
   * Stops connections that still wait for bytes which other connections have received meanwhile.
   */
  void cancelIfFetched() {
    if (map.isFetched()) {
      cancellation().cancel();
    }
  }

  /** Ends the attempt because an fsync failed. */
  void fsyncFailed(FsyncFailedException e) {
    if (fsyncFailure.compareAndSet(null, e)) {
      cancellation().cancel();
    }
  }

  /** Ends the attempt because of a bug; the run ends with it too. */
  void failed(Throwable bug) {
    error.met(bug);
    cancellation().cancel();
  }

  /**
   * Returns the end that a connection set; null if there is none.
   *
   * @throws FsyncFailedException if an fsync failed
   * @throws RuntimeException if a bug threw it
   */
  @Nullable AttemptEnd earlyEnd() throws FsyncFailedException {
    error.rethrow();
    FsyncFailedException unsafe = fsyncFailure.get();
    if (unsafe != null) {
      throw unsafe;
    }
    return end.get();
  }

  // Requests.

  /** Returns the range to request; empty to request the whole file without a range. */
  Optional<ByteRange> range(Segment segment) {
    boolean wholeAndNeverSplit =
        segment.position() == 0 && segment.end() == SegmentMap.OPEN && !mayBeSplit();
    return plain || wholeAndNeverSplit
        ? Optional.empty()
        : Optional.of(new ByteRange(segment.position(), segment.end()));
  }

  /** Whether the file can be split, according to the settings and the manifest's size. */
  private boolean mayBeSplit() {
    OptionalLong size = transfer.download().size();
    return context.permits().segments() > 1
        && (size.isEmpty() || size.getAsLong() / 2 >= context.settings().limits().segmentMin());
  }

  /** Whether a request for the rest of the file returns bytes of the same version, or none. */
  boolean isResumable() {
    return !plain
        && transfer.ranges() != RangeSupport.REFUSED
        && (version.ifRange().isPresent() || takesOnTrust());
  }

  /**
   * Whether bytes without a validator are used: a hash proves the file at the end, or the user
   * allows it.
   */
  boolean takesOnTrust() {
    return !transfer.download().checksums().isEmpty()
        || context.settings().disk().existing().trustSize()
        || transfer.adopted().isPresent();
  }

  // Responses.

  /** Returns when content arrived. */
  Arrivals arrivals() {
    return arrivals;
  }

  /**
   * Accepts a response with content. The first one creates the partial file, and decides whether it
   * can be split.
   *
   * @return false if the attempt has ended, because the file is too large for the disk or the
   *     settings
   * @throws IOException if the partial file cannot be created
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
    if (version.isUnknown()) {
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
          "it needs " + needed + " bytes, but only " + usable + " bytes are free on its disk";
      end(new AttemptEnd.GivenUp(new Failure.Disk(text, false)));
    }
    return needed <= usable;
  }

  private void learnTotal(long total) {
    map.learnTotal(total);
    transfer.progress().setTotal(total);
  }

  /**
   * Marks the file as split in the journal, before a second connection writes: from then on the
   * noted ranges count, not the file's size.
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
