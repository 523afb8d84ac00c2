package dev.bulkdl.transfer;

import dev.bulkdl.model.Origin;
import dev.bulkdl.time.Ticker;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives the free connections of an origin to the file that would end last. Else a run could end
 * with one large file that has few connections, while small rests of others were split.
 * Thread-safe.
 */
final class HelperTurns {

  /** A file asks with each buffer that arrives. One that has stopped asking needs nothing. */
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** A file that needs less than this share of another one's time leaves the connection to it. */
  private static final double LESS = 0.7;

  private final Set<Asker> askers = ConcurrentHashMap.newKeySet();
  private final Ticker ticker;

  HelperTurns(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Returns a new asker, for one file. */
  Asker newAsker() {
    return new Asker();
  }

  /** A file that can use further connections. Thread-safe. */
  final class Asker implements AutoCloseable {

    private volatile @Nullable Origin origin;
    private volatile double seconds;
    private volatile long askedAt;

    /**
     * Asks for a connection to an origin. Takes no lock and creates nothing, because each buffer
     * asks.
     *
     * @param work how many seconds the file still needs with the connections that it has
     */
    void ask(Origin wanted, double work) {
      seconds = work;
      askedAt = ticker.nanos();
      if (origin == null) {
        askers.add(this);
      }
      origin = wanted;
    }

    /** Whether no other file of the origin needs much more time than this one. */
    boolean isNext() {
      long now = ticker.nanos();
      double enough = seconds / LESS;
      for (Asker other : askers) {
        if (other.seconds > enough
            && now - other.askedAt < FRESH_NANOS
            && other != this
            && Objects.equals(origin, other.origin)) {
          return false;
        }
      }
      return true;
    }

    /** Asks no more. */
    @Override
    public void close() {
      askers.remove(this);
    }
  }
}
