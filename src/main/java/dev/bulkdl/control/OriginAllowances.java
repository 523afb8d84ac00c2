package dev.bulkdl.control;

import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Origin;
import dev.bulkdl.settings.HostRules;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.time.Ticker;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How many connections each origin may have now, and why: the ceiling of the user or of a rule, the
 * number that was found to pay or that a refusal left, and the user's pause of a host. {@link
 * Permits} grants connections accordingly. Thread-safe.
 *
 * <p>A key is what {@link #key} returns: the origins of one rule are counted together under it.
 */
public final class OriginAllowances {

  private final HostRules rules;
  private final OriginCeilings ceilings;
  private final Supplier<ConnectionLimits> limits;
  private final SlowedOrigins slowed = new SlowedOrigins();
  private final Held<String> pausedHosts = new Held<>();
  private final Optional<OriginPaces> paces;

  /**
   * @param limits returns the limits of connections that hold now
   */
  OriginAllowances(Limits settings, Supplier<ConnectionLimits> limits, Ticker ticker) {
    this.rules = settings.hosts();
    this.ceilings = new OriginCeilings(settings);
    this.limits = limits;
    this.paces =
        settings.adaptive()
            ? Optional.of(new OriginPaces(this::ceiling, ticker))
            : Optional.empty();
  }

  /** Returns the number of connections allowed now for this origin; 0 while it is paused. */
  public int allowed(Origin origin) {
    return isPaused(origin) ? 0 : of(key(origin));
  }

  /** Returns why this number of connections is allowed for the origin, in a few words. */
  public String reason(Origin origin) {
    return isPaused(origin)
        ? "paused by the user"
        : paces.map(all -> all.reason(key(origin))).orElse("fixed");
  }

  /** Returns the largest number of connections to the origin at a time; 0 if not measured. */
  public int mostInUse(Origin origin) {
    return paces.map(all -> all.mostInUse(key(origin))).orElse(0);
  }

  /** Returns the largest number of connections allowed now for a single origin. */
  public int largest() {
    return ceilings.largest(limits.get());
  }

  /** Returns whether the origin answers 403 where others answer 429. */
  public boolean isRefusedBy403(Origin origin) {
    return rules.isForbiddenRefusal(origin.host());
  }

  /** Returns whether the failure is a 403 of such an origin: the same request can succeed later. */
  public boolean isRefusal(Failure failure, Origin origin) {
    return failure instanceof Failure.Http http && http.status() == 403 && isRefusedBy403(origin);
  }

  /** Returns whether the user paused the host of this origin. */
  public boolean isPaused(Origin origin) {
    return !pausedHosts.isEmpty() && pausedHosts.contains(origin.canonicalHost());
  }

  /** Returns the pause of this origin's host by the user. */
  public Optional<Hold> hold(Origin origin) {
    return pausedHosts.since(origin.canonicalHost()).map(Hold::byUser);
  }

  /**
   * Waits while the user pauses the host of this origin.
   *
   * @throws java.util.concurrent.CancellationException when the work is cancelled
   */
  public void awaitResumed(Origin origin, Cancellation cancellation) {
    if (isPaused(origin)) {
      cancellation.interruptibly(() -> pausedHosts.awaitRelease(origin.canonicalHost()));
    }
  }

  /**
   * Pauses a host.
   *
   * @param host in its canonical spelling
   * @return false if it is paused already
   */
  boolean pause(String host) {
    return pausedHosts.add(host);
  }

  /**
   * Ends the pause of a host.
   *
   * @return false if it was not paused
   */
  boolean resume(String host) {
    return pausedHosts.release(host);
  }

  Origin key(Origin origin) {
    return ceilings.key(origin);
  }

  /** Returns the number of connections allowed now for a key, paused or not. */
  int of(Origin key) {
    return paces.map(all -> all.allowed(key)).orElseGet(() -> slowed.allowed(key, ceiling(key)));
  }

  /** Returns the largest number for a key, whatever was measured or refused. */
  int ceiling(Origin key) {
    return ceilings.of(key, limits.get());
  }

  /**
   * Returns the number for a key in a total: what was found, or else the ceiling, because an origin
   * that was slowed down gets its connections back.
   */
  int expected(Origin key) {
    return paces.isPresent() ? of(key) : ceiling(key);
  }

  /** Returns what is measured for a key; empty where the numbers are fixed. */
  Optional<OriginPace> pace(Origin key) {
    return paces.map(all -> all.of(key));
  }

  /**
   * Halves the number of a key, down to at least 1, because the origin asked for fewer requests.
   *
   * @param asking how many requests it had when it did
   * @return false if nothing changed: where the number is measured, the holder of the refused
   *     connection reports the refusal
   */
  boolean slowDown(Origin key, int asking) {
    if (paces.isPresent()) {
      return false;
    }
    slowed.slowDown(key, Math.min(asking, of(key)));
    return true;
  }

  /**
   * Gives a key that was slowed down one step back, after a good response or much content.
   *
   * @return false if no origin was slowed down
   */
  boolean answered(Origin key) {
    if (slowed.isEmpty()) {
      return false;
    }
    slowed.answered(key, ceiling(key));
    return true;
  }

  /** Applies changed limits. */
  void follow() {
    paces.ifPresent(OriginPaces::follow);
  }

  /**
   * Returns the largest number that was found for these keys; {@link Integer#MAX_VALUE} if none was
   * found. A ceiling above it has no effect.
   */
  int mostFound(Iterable<Origin> keys) {
    int most = 0;
    for (Origin key : keys) {
      most = Math.max(most, of(key));
    }
    return most == 0 || paces.isEmpty() ? Integer.MAX_VALUE : most;
  }
}
