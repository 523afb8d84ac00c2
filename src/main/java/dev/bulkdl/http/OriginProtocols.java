package dev.bulkdl.http;

import dev.bulkdl.model.Origin;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the client has learned about the protocols of its origins. Requests for small files share
 * connections over HTTP/2 where a round trip takes time; see {@link #sharesBelow}. It remembers the
 * first {@value #REMEMBERED} origins. Thread-safe.
 */
final class OriginProtocols {

  static final int REMEMBERED = 10_000;

  /**
   * A test can set 0, because a connection on the same machine takes less. Then files below {@link
   * Fetcher#LARGE} are small.
   */
  static final String FAR_MILLIS = "bulkdl.http2.far-millis";

  /**
   * The size of small files, in bytes for each second of a round trip. A connection of its own for
   * each file brings so much a second, 64 of them more than most links. So sharing would bring
   * nothing for larger files, and where the server limits the rate of a connection, it would cost.
   */
  private static final long BELOW_PER_SECOND = 400 << 10;

  private static final long LEAST_BELOW = 8 << 10;

  /** Until the round trip is known, 80 ms are assumed. */
  private static final long USUALLY_BELOW = 32 << 10;

  /** With fewer streams on a connection than this, several HTTP/1.1 connections are faster. */
  static final int FEWEST_STREAMS = 16;

  /** After this number of failures in a row, the origin gets HTTP/1.1 only. */
  static final int FAILURES = 8;

  private enum State {
    /** The server has chosen HTTP/2. */
    HTTP_2,
    /** HTTP/2 does not pay, does not work, or is not offered. */
    HTTP_1_1
  }

  private record Known(State state, int failures, long below) {

    Known with(State other, int count) {
      return new Known(other, count, below);
    }
  }

  private final Duration far;
  private final Map<Origin, Known> origins = new ConcurrentHashMap<>();

  /**
   * @param far HTTP/2 pays for an origin whose round trip takes longer
   */
  OriginProtocols(Duration far) {
    this.far = far;
  }

  static OriginProtocols withUsualLimit() {
    return new OriginProtocols(Duration.ofMillis(Integer.getInteger(FAR_MILLIS, 5)));
  }

  /**
   * Whether requests for small files of this origin can go over the connections that they share.
   */
  boolean mayShare(Origin origin) {
    return sharesBelow(origin) > 0;
  }

  /** See {@link Fetcher#sharesBelow}. */
  long sharesBelow(Origin origin) {
    if (!origin.scheme().equals("https")) {
      return 0;
    }
    Known known = origins.get(origin);
    if (known == null) {
      return origins.size() < REMEMBERED ? below(Optional.empty()) : 0;
    }
    return known.state == State.HTTP_2 ? known.below : 0;
  }

  private long below(Optional<Duration> roundTrip) {
    if (far.isZero()) {
      return Fetcher.LARGE;
    }
    return roundTrip
        .map(took -> BELOW_PER_SECOND * took.toMillis() / 1000)
        .map(bytes -> Math.clamp(bytes, LEAST_BELOW, Fetcher.LARGE))
        .orElse(USUALLY_BELOW);
  }

  /** Whether the server has chosen HTTP/2. Before that, one connection asks for it. */
  boolean isHttp2(Origin origin) {
    Known known = origins.get(origin);
    return known != null && known.state == State.HTTP_2;
  }

  /** Records the time of a round trip to an origin, the shortest of a few. */
  void roundTrip(Origin origin, Duration shortest) {
    if (!far.isZero() && shortest.compareTo(far) <= 0) {
      chosenHttp1(origin);
    } else {
      long below = below(Optional.of(shortest));
      origins.computeIfPresent(
          origin, (same, known) -> new Known(known.state, known.failures, below));
    }
  }

  /** Records that HTTP/1.1 is to be used, for example because the server has chosen it. */
  void chosenHttp1(Origin origin) {
    if (mayShare(origin)) {
      put(origin, State.HTTP_1_1);
    }
  }

  private void put(Origin origin, State state) {
    origins.merge(
        origin,
        new Known(state, 0, below(Optional.empty())),
        (known, chosen) -> known.with(chosen.state, 0));
  }

  /**
   * Records that the server has chosen HTTP/2.
   *
   * @param streams the number of streams that it allows on a connection
   */
  void chosenHttp2(Origin origin, int streams) {
    if (mayShare(origin)) {
      put(origin, streams < FEWEST_STREAMS ? State.HTTP_1_1 : State.HTTP_2);
    }
  }

  /** Records a response over HTTP/2. */
  void answered(Origin origin) {
    origins.computeIfPresent(
        origin, (same, known) -> known.failures == 0 ? known : known.with(known.state, 0));
  }

  /** Records that a request over HTTP/2 failed without a response. */
  void failed(Origin origin) {
    origins.computeIfPresent(
        origin,
        (same, known) ->
            known.with(
                known.failures + 1 >= FAILURES ? State.HTTP_1_1 : known.state, known.failures + 1));
  }
}
