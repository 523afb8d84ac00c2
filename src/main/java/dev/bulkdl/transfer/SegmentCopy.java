package dev.bulkdl.transfer;

import dev.bulkdl.disk.PartChannel;
import dev.bulkdl.disk.PartFile;
import dev.bulkdl.model.BodyChannel;
import dev.bulkdl.model.Spans;
import dev.bulkdl.model.SyncPolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The way of the bytes: from a response's body into the partial file, over a channel of its own.
 * For one worker's thread.
 */
final class SegmentCopy implements AutoCloseable {

  /** At most this many bytes of a segment are missing in the journal. */
  private static final long NOTE_EVERY = 4L << 20;

  /** After so many bytes it is another's turn: content that never waits would keep its thread. */
  private static final long TURN = 8L << 20;

  private final Round round;
  private final FileWork work;
  private final PartFile part;
  private final Seat seat;
  private final boolean helps;
  private final boolean forces;
  private final RoomWatch room;
  private @Nullable PartChannel file;
  private long turn;

  /**
   * @param helps whether this is a further connection to its file, which is there since the others
   *     wait for the network
   */
  SegmentCopy(Round round, Seat seat, boolean helps) {
    this.round = round;
    this.helps = helps;
    this.work = round.work();
    this.part = work.part();
    this.seat = seat;
    this.room = new RoomWatch(round.context().folder());
    this.forces = round.context().settings().disk().sync() != SyncPolicy.NEVER;
  }

  /**
   * Writes what the network delivers, from the buffer in which it came, until the body or the
   * segment ends.
   *
   * @param end the byte after the last one that the body is to hold; {@link SegmentMap#OPEN} where
   *     that is not told, which ends the round when more comes than is allowed
   * @return whether it was the body that ended
   * @throws dev.bulkdl.model.BodyException when the network fails
   * @throws IOException when the disk does
   */
  boolean copy(BodyChannel body, Segment segment, long end) throws IOException {
    PartChannel target = file();
    BodyChannel content = target.prepare(body, segment.position(), segment::end);
    body.onLongWait(round::growIfPossible);
    Bottleneck bottleneck = new Bottleneck(round.context().ticker(), helps);
    boolean open = end == SegmentMap.OPEN;
    long most = open ? Math.max(round.bound().most(), segment.position()) : end;
    while (!segment.isDone()) {
      ByteBuffer lent = content.lend();
      seat.cancellation().check();
      if (lent.hasRemaining()) {
        round.arrived();
      }
      long promised = Math.min(lent.remaining(), most - segment.position());
      if (open && promised == 0 && lent.hasRemaining()) {
        round.end(new RoundEnd.GivenUp(round.bound().surplus()));
        return false;
      }
      int count = round.map().reserve(segment, (int) promised);
      if (count == 0) {
        return promised == 0;
      }
      work.digest().offer(segment.position(), lent, count);
      target.transferFrom(content, segment.position(), count);
      segment.advance(count);
      seat.received(count);
      keepSafe(segment, count);
      if (open) {
        room.wrote(count).ifPresent(full -> round.end(new RoundEnd.GivenUp(full)));
      }
      if (bottleneck.isNetwork(content.waitedNanos()) || round.context().hasIdleProcessors()) {
        round.growIfPossible();
      }
      round.context().gate().pass(seat.cancellation());
      takeTurns(count);
    }
    return false;
  }

  @SuppressWarnings("ThreadPriorityCheck") // virtual threads are never made to share
  private void takeTurns(int count) {
    turn += count;
    if (turn >= TURN) {
      turn = 0;
      Thread.yield();
    }
  }

  private PartChannel file() throws IOException {
    PartChannel open = file;
    if (open == null) {
      open = part.openForContent();
      file = open;
    }
    return open;
  }

  private void keepSafe(Segment segment, int count) throws IOException {
    if (segment.unnoted() >= NOTE_EVERY) {
      note(segment);
    }
    if (forces) {
      round.checkpoints().wrote(count, round.cancellation());
    }
  }

  /** Notes in the journal of a split file what was written since the last note. */
  void note(Segment segment) throws IOException {
    if (round.isSplit() && segment.unnoted() > 0) {
      part.done(new Spans.Span(segment.noteAll(), segment.position()));
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
