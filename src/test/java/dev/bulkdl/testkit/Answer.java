package dev.bulkdl.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The response to send: headers and a range of the body.
 *
 * @param length the value of Content-Length; empty for chunked
 */
record Answer(
    int status, Map<String, String> headers, Body body, Range range, Optional<Long> length) {

  static Answer of(int status, Map<String, String> headers, Body body) {
    return new Answer(status, headers, body, Range.whole(body.size()), Optional.of(body.size()));
  }

  /** Returns the response to this request, without the faults of delivery. */
  static Answer to(SeenRequest request, Optional<Resource> resource, Faults faults) {
    return faults
        .each(Fault.OfReply.class)
        .flatMap(fault -> reply(fault, request).stream())
        .findFirst()
        .or(() -> resource.map(found -> content(request, found.with(faults, request), faults)))
        .orElseGet(() -> of(404, Map.of(), Body.of("nothing here\n")));
  }

  private static Optional<Answer> reply(Fault.OfReply fault, SeenRequest request) {
    return switch (fault) {
      case Fault.Status status ->
          Optional.of(of(status.code(), status.headers(), Body.of(status.body())));
      case Fault.RetryAfter retry ->
          Optional.of(of(retry.code(), Map.of("Retry-After", retry.value()), Body.of("later\n")));
      case Fault.Redirect redirect -> Optional.of(redirect(redirect, request));
      case Fault.LoginPage ignored ->
          Optional.of(
              of(
                  200,
                  Map.of("Content-Type", "text/html"),
                  Body.of("<html><title>Sign in</title><form>Who are you?</form></html>\n")));
      case Fault.HeadNotAllowed ignored ->
          request.isHead()
              ? Optional.of(of(405, Map.of("Allow", "GET"), Body.of("")))
              : Optional.empty();
      case Fault.Unsatisfiable range ->
          request.isRanged() ? Optional.of(unsatisfiable(range.total())) : Optional.empty();
    };
  }

  private static Answer redirect(Fault.Redirect fault, SeenRequest request) {
    String location = fault.target().replace("{n}", Integer.toString(request.order()));
    return of(fault.code(), Map.of("Location", location), Body.of("over there\n"));
  }

  private static Answer unsatisfiable(long total) {
    return of(416, Map.of("Content-Range", "bytes */" + total), Body.of("no such range\n"));
  }

  private static Answer content(SeenRequest request, Resource resource, Faults faults) {
    long size = resource.body().size();
    Optional<Range> asked = asked(request, resource, faults);
    if (asked.isPresent() && !asked.get().isSatisfiable()) {
      return unsatisfiable(size);
    }
    Range range = asked.map(right -> twisted(right, faults)).orElse(Range.whole(size));
    Map<String, String> headers = new LinkedHashMap<>(resource.headers());
    headers.put("Accept-Ranges", faults.has(Fault.NoRanges.class) ? "none" : "bytes");
    if (asked.isPresent() && !faults.has(Fault.NoContentRange.class)) {
      headers.put("Content-Range", contentRange(range, size, faults));
    }
    return new Answer(
        asked.isPresent() ? 206 : 200,
        headers,
        resource.body(),
        range,
        length(request, range, faults));
  }

  /** Returns the range for a 206; empty for a 200. */
  private static Optional<Range> asked(SeenRequest request, Resource resource, Faults faults) {
    long size = resource.body().size();
    Optional<Range> unasked =
        faults.find(Fault.UnaskedRange.class).map(fault -> Range.whole(size).atMost(fault.bytes()));
    if (!request.isRanged()) {
      return unasked;
    }
    boolean condition =
        faults.has(Fault.IgnoreIfRange.class)
            || request.header("If-Range").map(resource::ifRangeHolds).orElse(true);
    return !request.isGet() || faults.has(Fault.NoRanges.class) || !condition
        ? Optional.empty()
        : request.range().flatMap(header -> Range.parse(header, size));
  }

  private static Range twisted(Range right, Faults faults) {
    Range moved =
        faults
            .find(Fault.WrongRangeStart.class)
            .map(fault -> right.startingLater(fault.delta()))
            .orElse(right);
    return faults
        .find(Fault.ShortRange.class)
        .map(fault -> moved.atMost(fault.bytes()))
        .orElse(moved);
  }

  private static String contentRange(Range range, long size, Faults faults) {
    String total =
        faults.has(Fault.UnknownTotal.class)
            ? "*"
            : faults
                .find(Fault.WrongTotal.class)
                .map(fault -> Long.toString(fault.total()))
                .orElse(Long.toString(size));
    return "bytes %d-%d/%s".formatted(range.from(), range.to() - 1, total);
  }

  private static Optional<Long> length(SeenRequest request, Range range, Faults faults) {
    if (faults.has(Fault.Chunked.class)) {
      return Optional.empty();
    }
    return faults
        .find(Fault.HeadLies.class)
        .filter(fault -> request.isHead())
        .map(Fault.HeadLies::length)
        .or(() -> Optional.of(range.length()));
  }
}
