package dev.bulkdl.transfer;

import dev.bulkdl.http.FetchResponse;
import dev.bulkdl.model.Failure;
import java.util.function.BooleanSupplier;

/** What a response says about the number of connections and requests that its origin bears. */
enum OriginSignal {
  /** The origin serves. */
  SERVES,
  /** It has too many connections or requests. */
  REFUSED,
  /** It is overloaded for now, or it cannot serve this one URL for now. */
  OVERLOADED,
  /** It has too many, or it cannot serve this one URL. */
  PERHAPS_REFUSED,
  /** It refused or closed the connection. */
  RESET,
  NONE;

  /**
   * Returns the meaning of a response, or of the failure to get one.
   *
   * @param by403 whether the origin answers 403 where others answer 429; asked for a 403 only
   */
  static OriginSignal of(FetchResponse answer, BooleanSupplier by403) {
    if (!(answer instanceof FetchResponse.Failed failed)) {
      return SERVES;
    }
    if (failed.stale()) {
      return NONE; // the server closed an idle connection, as it may at any time
    }
    return switch (failed.failure()) {
      case Failure.Http http -> ofStatus(http, by403);
      case Failure.Connect connect -> connect.forbidden() ? NONE : RESET;
      case Failure.Reset ignored -> RESET;
      case Failure other -> other.isTransient() ? NONE : SERVES;
    };
  }

  private static OriginSignal ofStatus(Failure.Http http, BooleanSupplier by403) {
    return switch (http.status()) {
      case 429 -> REFUSED;
      case 503 -> http.retryAfter().isPresent() ? OVERLOADED : PERHAPS_REFUSED;
      case 403 -> by403.getAsBoolean() ? REFUSED : SERVES;
      default -> http.isTransient() ? NONE : SERVES;
    };
  }
}
