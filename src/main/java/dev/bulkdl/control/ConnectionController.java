package dev.bulkdl.control;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Finds how many connections to one origin pay; the others are given back. {@link Trials} says what
 * a connection has to bring.
 *
 * <p>It climbs while more connections bring more. While it climbs, few connections at a time are
 * unproven: so a server that allows only some of them refuses few. Then it holds the best number,
 * and tries a few more and a few less from time to time. Refusals lower the number.
 *
 * <p>The caller gives the time, in nanoseconds of one clock, and all measurements. Not thread-safe.
 */
final class ConnectionController {

  /** Below this share of what is needed, a try ends early. */
  private static final double CLEARLY_LESS = 0.93;

  /**
   * The share of a number of connections that a server bears if it refused that number after it had
   * served it. One less would be refused again and again.
   */
  private static final double SURELY_BORNE = 0.85;

  /** If goodput is more or less than before by such a factor, the link has changed. */
  private static final double FASTER = 1.4;

  private static final double SLOWER = 0.6;

  /** The work of a request, in bytes: small files are worth more than their bytes. */
  static final double REQUEST = 128 << 10;

  /** The number of connections before the first response. */
  static final int FIRST = 4;

  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** So many connections are tried before the effect of the first ones is known: four steps. */
  private static final int UNMEASURED = 17;

  /** The climb uses up to this many times the connections whose effect is known. */
  private static final double AHEAD_OF_EFFECT = 3;

  /** A link is very long if no response has arrived in less time. */
  private static final long FAR = 300 * MILLI;

  /** The shortest time between two steps of the climb, and between two samples. */
  static final long STEP = 50 * MILLI;

  /** Each connection brought something, so fewer are tried later. */
  private static final long AFTER_FULL_CLIMB = 8 * SECOND;

  /** Why the number is what it is. */
  enum Reason {
    /** More connections bring more. */
    CLIMBING("climbing"),
    /** More connections would bring too little. */
    ENOUGH("more bring nothing"),
    /** It measures a little more or a little less. */
    TRYING("trying"),
    /** The server refused more connections, or requests over this number. */
    REFUSED("refused"),
    /** It is the largest number that is allowed. */
    CEILING("at the limit");

    final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  private enum Phase {
    CLIMB,
    HOLD,
    TRY,
    RECOVER
  }

  private final GoodputCurve curve = new GoodputCurve();
  private final Refusals refusals;
  private Climb climb = new Climb();
  private Phase phase = Phase.CLIMB;

  private int ceiling;
  private int inUse;
  private double connectionTime;
  private long changedAt;

  /** The largest number of connections with which a request was answered well. */
  private int proven;

  /** The connections that the server kept when it did not bear one that was opened ahead. */
  private int borneAhead;

  /** The server may not bear so many: it refused that number, for a reason that is not sure. */
  private int suspected = Integer.MAX_VALUE;

  private int climbed = FIRST;
  private long steppedAt;

  /** The usual time from a request to its response headers. */
  private double answerTime;

  private double shortestAnswer;

  private int target;
  private long phaseSince;
  private final Trials trials = new Trials();

  /** The goodput before the present try, or in the present hold. */
  private double before;

  private long sampledAt;
  private boolean waitsForNetwork = true;

  /**
   * @param now the present time
   * @param ceiling the largest number that it can choose, at least 1
   */
  ConnectionController(long now, int ceiling) {
    this.ceiling = ceiling;
    refusals = new Refusals(now);
    changedAt = now;
    steppedAt = now - STEP;
    sampledAt = now;
    phaseSince = now;
    curve.add(now, 0, 0);
  }

  /** Returns the number of connections that the origin should have now, at least 1. */
  int allowed() {
    int wanted = phase == Phase.CLIMB ? climbed : target;
    return Math.max(1, Math.min(wanted, most()));
  }

  /**
   * Returns the number that it will allow when all connections it allows now have been answered
   * well. While it climbs that is more than {@link #allowed}.
   */
  int next() {
    return phase == Phase.CLIMB && waitsForNetwork
        ? Math.max(allowed(), Math.min(above(climbed), most()))
        : allowed();
  }

  /**
   * Few connections at a time are unproven, so a server with a limit refuses few. Over a very long
   * link, where each step takes long, there are more. Of a suspected number one is unproven.
   */
  private int above(int answered) {
    int next = answered + Math.max(3, isFar() ? answered : answered / 3);
    return answered < suspected ? Math.min(next, Math.max(answered + 1, suspected - 1)) : next;
  }

  private boolean isFar() {
    return shortestAnswer > FAR;
  }

  private int most() {
    return Math.min(ceiling, refusals.ceiling());
  }

  /** Sets the largest number that it can choose, at least 1. */
  void limit(int most) {
    ceiling = most;
  }

  /** Returns why the number is what it is. */
  Reason reason() {
    if (allowed() >= ceiling) {
      return Reason.CEILING;
    }
    if (allowed() >= refusals.ceiling()) {
      return Reason.REFUSED;
    }
    return switch (phase) {
      case CLIMB -> Reason.CLIMBING;
      case TRY -> Reason.TRYING;
      case HOLD -> Reason.ENOUGH;
      case RECOVER -> Reason.REFUSED;
    };
  }

  /** Counts a connection that begins to be used. Returns how many are in use now. */
  int granted(long now) {
    count(now, 1);
    return inUse;
  }

  /** Returns how many connections are in use. */
  int inUse() {
    return inUse;
  }

  /** Counts a connection that is used no more. */
  void released(long now) {
    count(now, -1);
  }

  private void count(long now, int more) {
    connectionTime += (double) inUse * (now - changedAt);
    changedAt = now;
    inUse += more;
  }

  /**
   * Records a good response.
   *
   * @param level the number of connections in use when its connection began
   * @param took from the request to the response
   */
  void answered(int level, Duration took, long now) {
    double nanos = took.toNanos();
    answerTime = answerTime == 0 ? nanos : answerTime + (nanos - answerTime) / 8;
    shortestAnswer = shortestAnswer == 0 ? nanos : Math.min(shortestAnswer, nanos);
    proven = Math.max(proven, level);
    if (level >= suspected) {
      suspected = Integer.MAX_VALUE;
    }
    step(now);
  }

  private void step(long now) {
    long since = now - steppedAt;
    if (phase != Phase.CLIMB || !waitsForNetwork || !climb.mayGrow()) {
      return;
    }
    if (since < STEP && !isSameWave(since)) {
      return;
    }
    int next = Math.min(above(proven), Math.min(ceiling, measurable(now)));
    if (next > climbed) {
      climbed = next;
      if (since >= STEP) {
        steppedAt = now;
      }
    }
  }

  /** Returns a number that is not too far above the one whose effect is known by now. */
  private int measurable(long now) {
    if (isFar()) {
      return ceiling; // it would take too long
    }
    long lagged = now - lag();
    long from = lagged - window();
    double known = curve.covers(from) ? curve.connections(from, lagged) : 0;
    return Math.max(UNMEASURED, (int) (AHEAD_OF_EFFECT * known));
  }

  /** Connections that began together are answered together: they are one step. */
  private boolean isSameWave(long since) {
    return since >= 0 && since < answerTime / 4;
  }

  /**
   * Records that the server refused a request: it has too many connections or requests.
   *
   * @param level the number of connections in use when the connection of the request began
   * @param how how certain that is; several count that are not sure
   */
  void refused(int level, Certainty how, long now) {
    switch (refusals.refused(level, proven, how, now)) {
      case NOTHING -> {}
      case NOT_NOW -> giveUpUnproven(level, now);
      case LIMIT -> {
        int most = Math.max(proven, Math.min(borneAhead, refusals.leastRefused() - 1));
        retreat(most, most, how, now);
      }
      case TOO_MANY -> {
        int served = Math.max(1, Math.min(level, refusals.leastRefused()) - 1);
        proven = Math.min(proven, served);
        int most = Math.min(served, (int) (SURELY_BORNE * (served + 1)));
        retreat(Math.max(1, inUse / 2), most, how, now);
      }
      case STILL_TOO_MANY -> target = Math.max(1, Math.min(target, inUse - 1));
    }
  }

  /**
   * Records the second request for a file that was refused for a reason that is not sure. If such
   * files are refused again while others are served, the number is not the reason.
   *
   * @param level the number of connections in use when the connection of the request began
   * @param served whether it was served now; else it was refused again
   */
  void triedAgain(int level, boolean served, long now) {
    if ((served || level <= proven) && refusals.triedAgain(served)) {
      suspected = Integer.MAX_VALUE;
      if (phase == Phase.CLIMB) {
        steppedAt = now - STEP;
      } else {
        climbAgain(now);
      }
    }
  }

  /**
   * Records that the server did not bear a connection that was opened ahead, before its first
   * request. Alone that says little: the server can have been restarted.
   *
   * @param borne the number of connections that it bore
   */
  void refusedAhead(int borne, long now) {
    borneAhead = borne;
    refused(Math.max(borne, proven) + 1, Certainty.DOUBTFUL, now);
  }

  private void giveUpUnproven(int level, long now) {
    suspected = Math.min(suspected, level);
    if (phase == Phase.CLIMB) {
      climbed = Math.max(FIRST, proven);
      steppedAt = now + SECOND;
    } else {
      target = Math.max(1, Math.max(proven, Math.min(target, level - 1)));
    }
  }

  private void retreat(int next, int most, Certainty how, long now) {
    refusals.remember(most, how, now);
    target = Math.min(next, allowed());
    enter(Phase.RECOVER, now);
  }

  /**
   * Takes the measurements so far, and decides.
   *
   * @param bytes all bytes received so far
   * @param requests all requests answered so far
   * @param network whether the connections waited mostly for the network, not for this machine,
   *     since the last call
   */
  void sample(long now, long bytes, long requests, boolean network) {
    if (now - sampledAt <= 0) {
      return;
    }
    sampledAt = now;
    waitsForNetwork = network;
    count(now, 0);
    curve.add(now, bytes + requests * REQUEST, connectionTime);
    refusals.pass(now);
    switch (phase) {
      case CLIMB -> climb(now);
      case HOLD -> hold(now);
      case TRY -> tried(now);
      case RECOVER -> recover(now);
    }
  }

  /** The time until a further connection has its effect: it opens, and it gets faster. */
  private long lag() {
    int roundTrips = phase == Phase.CLIMB ? 4 : 5; // in a climb they are opened ahead
    return Math.clamp((long) (roundTrips * answerTime), 200 * MILLI, 3 * SECOND);
  }

  private long window() {
    return Math.max(2 * STEP, (long) (2 * answerTime));
  }

  private void climb(long now) {
    step(now);
    long lagged = now - lag();
    long from = lagged - window();
    if (!curve.covers(from) || from - phaseSince < 0) {
      return;
    }
    long recent = now - window();
    climb.add(
        new Climb.Point(
            curve.connections(from, lagged),
            curve.connections(recent, now),
            curve.rate(recent, now)));
    if (climb.isOver() || hasReachedTheTop(now)) {
      target = climb.best(inUse);
      trials.begin(target, climb.stillPays() ? AFTER_FULL_CLIMB : SECOND);
      enter(Phase.HOLD, now);
    }
  }

  /** Whether all allowed connections have been in use for long, so that more points say nothing. */
  private boolean hasReachedTheTop(long now) {
    long since = now - 2 * lag();
    return answerTime > 0
        && since - phaseSince >= 0
        && since - steppedAt >= 0
        && isFull(since, now);
  }

  private void hold(long now) {
    long from = phaseSince + lag();
    long measured = now - from;
    if (measured < measuringTime()) {
      return;
    }
    long since = Math.max(from, now - 3 * SECOND);
    double rate = curve.rate(since, now);
    if (rate == 0) {
      phaseSince = now;
      return;
    }
    if (!isFull(since, now)) {
      holdUnused(since, now, rate);
      return;
    }
    if (before > 0) {
      double latest = curve.rate(now - SECOND, now);
      if (latest > FASTER * before) {
        climbAgain(now);
        return;
      }
      if (latest < SLOWER * before) {
        stepDown(now);
        return;
      }
    }
    before = rate;
    if (now - phaseSince >= trials.hold()) {
      attempt(target, now);
    }
  }

  /**
   * Where there is too little work for the allowed connections, it cannot be seen whether more
   * would pay. But fewer than those in use can be better.
   */
  private void holdUnused(long since, long now, double rate) {
    before = rate;
    int used = (int) Math.round(curve.connections(since, now));
    if (used <= FIRST || now - phaseSince < trials.hold()) {
      return;
    }
    if (trials.isUpward()) {
      trials.turn(target);
      phaseSince = now;
    } else {
      trials.beginWith(used);
      attempt(used, now);
    }
  }

  /**
   * The same number of connections brings much less. Then fewer are enough, or better: the link has
   * become slower, or large files follow small ones, which need more connections.
   */
  private void stepDown(long now) {
    before = curve.rate(now - window(), now);
    trials.goodputDropped(target);
    attempt(target, now);
  }

  /** The climb goes on from the present goodput: more connections have to bring more than that. */
  private void climbAgain(long now) {
    double rate = curve.rate(now - SECOND, now);
    proven = Math.max(1, Math.min(proven, target));
    climbed = Math.max(target, proven);
    before = 0;
    enter(Phase.CLIMB, now);
    climb.add(new Climb.Point(target, target, rate));
  }

  private long measuringTime() {
    return Math.max(SECOND, (long) (5 * answerTime));
  }

  /** Whether nearly all allowed connections were in use. */
  private boolean isFull(long from, long to) {
    return curve.covers(from) && curve.connections(from, to) >= 0.85 * allowed();
  }

  /**
   * Tries the next number in the present direction.
   *
   * @param used the number of connections in use, if it is not the allowed one
   */
  private void attempt(int used, long now) {
    int next = trials.next(target, used, most());
    if (next == used || (trials.isUpward() && !waitsForNetwork)) {
      trials.turn(target);
      phaseSince = now;
      return;
    }
    target = next;
    enter(Phase.TRY, now);
  }

  private void tried(long now) {
    long since = phaseSince + lag();
    long measured = now - since;
    if (measured < measuringTime() / 2) {
      return;
    }
    double rate = curve.rate(since, now);
    if (rate > FASTER * before && !trials.isAfterDrop()) {
      target = trials.from();
      climbAgain(now);
      return;
    }
    double needed = trials.needed(target, before);
    if (measured < measuringTime() && rate >= CLEARLY_LESS * needed) {
      return;
    }
    if (rate < needed || !isUseful(since, now)) {
      target = trials.held();
      trials.turn(target);
      enter(Phase.HOLD, now);
    } else if (trials.isLikeAClimb(rate, before)) {
      climbAgain(now);
    } else {
      before = rate;
      trials.goOn(target);
      attempt(target, now);
    }
  }

  /** More connections count only if they were in use. */
  private boolean isUseful(long from, long to) {
    return !trials.isUpward() || isFull(from, to);
  }

  private void recover(long now) {
    if (target >= refusals.ceiling()) {
      enter(Phase.HOLD, now);
    } else if (now - phaseSince >= refusals.oneMoreEvery()) {
      target++;
      phaseSince = now;
    }
  }

  private void enter(Phase next, long now) {
    phase = next;
    phaseSince = now;
    climb = new Climb();
  }
}
