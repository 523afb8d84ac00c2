package dev.bulkdl.http;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.model.Version;
import dev.bulkdl.text.Redaction;
import dev.bulkdl.text.SourceUri;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/** Reads status and headers by the rules of HTTP; it decides nothing about files. Pure. */
final class ResponseReader {

  private ResponseReader() {}

  /**
   * Returns the result of a request. It holds the body only if it is {@link FetchResponse.Whole} or
   * {@link FetchResponse.Part}.
   */
  static FetchResponse read(
      FetchRequest request, Response response, BodyChannel body, Instant now) {
    return switch (response.getStatus()) {
      case 200, 203, 206 ->
          notDecoded(response)
              .<FetchResponse>map(coding -> new FetchResponse.Failed(notUnderstood(coding), false))
              .orElseGet(() -> content(request, response, body));
      case 416 ->
          new FetchResponse.Unsatisfiable(
              contentRange(response).map(ContentRange::total).orElse(OptionalLong.empty()));
      case 304 ->
          request.isConditional()
              ? new FetchResponse.NotModified()
              : new FetchResponse.Failed(refusal(response, now), false);
      case 301, 302, 303, 307, 308 -> redirect(request.uri(), response);
      default -> new FetchResponse.Failed(refusal(response, now), false);
    };
  }

  private static FetchResponse content(FetchRequest request, Response response, BodyChannel body) {
    if (response.getStatus() == 206) {
      return part(request, response, body);
    }
    Version version = version(response, contentLength(response));
    RangeSupport ranges = offeredRanges(response);
    return request.isHead()
        ? new FetchResponse.Described(
            response.getStatus(),
            version,
            ranges,
            Optional.ofNullable(response.getHeaders().get("Content-Disposition")))
        : new FetchResponse.Whole(
            response.getStatus(), version, ranges == RangeSupport.SUPPORTED, body);
  }

  /**
   * Returns the transfer coding unless it is {@code chunked}. Any other coding would have to be
   * undone before there is content (RFC 9112, 6.1). Jetty undoes only {@code chunked}, but accepts
   * a list that ends with it.
   */
  static Optional<String> notDecoded(Response response) {
    String codings =
        String.join(", ", response.getHeaders().getValuesList(HttpHeader.TRANSFER_ENCODING));
    boolean has = response.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    return has && !codings.strip().equalsIgnoreCase("chunked")
        ? Optional.of(codings)
        : Optional.empty();
  }

  static Failure.Http notUnderstood(String coding) {
    return new Failure.Http(
        0,
        "broken HTTP: Transfer-Encoding: " + Redaction.of(coding) + "; only chunked is understood",
        Optional.empty());
  }

  private static FetchResponse part(FetchRequest request, Response response, BodyChannel body) {
    if (request.range().isEmpty()) {
      return new FetchResponse.BrokenRange("206 to a request without Range");
    }
    Optional<ContentRange> found = contentRange(response).filter(ContentRange::isHeld);
    if (found.isEmpty()
        && response.getHeaders().getValuesList(HttpHeader.CONTENT_RANGE).size() > 1) {
      return new FetchResponse.BrokenRange("206 whose Content-Range fields disagree");
    }
    if (found.isEmpty()) {
      return new FetchResponse.BrokenRange("206 without a usable Content-Range");
    }
    ContentRange range = found.get();
    OptionalLong length = contentLength(response);
    if (length.isPresent() && length.getAsLong() != range.end() - range.first()) {
      return new FetchResponse.BrokenRange("206 whose Content-Length and Content-Range disagree");
    }
    Version version = version(response, range.total());
    if (version.format().encoding().isPresent() && length.isEmpty()) {
      // Some servers encode each range separately. A matching length shows that this one did not.
      return new FetchResponse.BrokenRange("206 of encoded content without a Content-Length");
    }
    return new FetchResponse.Part(version, range.first(), range.end(), body);
  }

  /**
   * Returns the support for ranges that Accept-Ranges states. Most servers without ranges do not
   * send the field.
   */
  private static RangeSupport offeredRanges(Response response) {
    HttpFields fields = response.getHeaders();
    if (fields.contains(HttpHeader.ACCEPT_RANGES, "bytes")) {
      return RangeSupport.SUPPORTED;
    }
    return fields.contains(HttpHeader.ACCEPT_RANGES, "none")
        ? RangeSupport.REFUSED
        : RangeSupport.UNKNOWN;
  }

  private static FetchResponse redirect(URI from, Response response) {
    String location = response.getHeaders().get(HttpHeader.LOCATION);
    if (location == null) {
      return refused(response, "redirect without a Location");
    }
    URI target;
    try {
      target = SourceUri.checked(Location.resolve(from, location));
    } catch (IllegalArgumentException e) {
      return refused(response, "redirect to a URL that is not fetched: " + Redaction.of(location));
    }
    if (from.getScheme().equalsIgnoreCase("https") && target.getScheme().equalsIgnoreCase("http")) {
      return refused(
          response, "redirect from https to http, which is refused: " + Redaction.of(target));
    }
    return new FetchResponse.Redirect(response.getStatus(), Credentials.strip(target));
  }

  private static FetchResponse refused(Response response, String text) {
    return new FetchResponse.Failed(
        new Failure.Http(response.getStatus(), text, Optional.empty()), false);
  }

  private static Failure refusal(Response response, Instant now) {
    int status = response.getStatus();
    String reason = HttpStatus.getMessage(status);
    return new Failure.Http(
        status,
        reason.equals(Integer.toString(status)) ? reason : status + " " + reason,
        Optional.ofNullable(response.getHeaders().get(HttpHeader.RETRY_AFTER))
            .flatMap(field -> RetryAfter.parse(field, now))
            .or(() -> rationed(response, now)));
  }

  /** Without Retry-After, the fields of a limit say when to come again. */
  private static Optional<Duration> rationed(Response response, Instant now) {
    return response.getStatus() == 429
        ? RateLimitFields.pause(response.getHeaders(), now)
        : Optional.empty();
  }

  private static Version version(Response response, OptionalLong total) {
    return new Version(
        header(response, HttpHeader.ETAG),
        header(response, HttpHeader.LAST_MODIFIED),
        header(response, HttpHeader.DATE),
        total,
        Version.Format.of(
            header(response, HttpHeader.CONTENT_TYPE),
            header(response, HttpHeader.CONTENT_ENCODING)));
  }

  private static Optional<String> header(Response response, HttpHeader name) {
    return Optional.ofNullable(response.getHeaders().get(name));
  }

  /** Also empty if there are several fields that differ. */
  private static Optional<ContentRange> contentRange(Response response) {
    List<String> fields = response.getHeaders().getValuesList(HttpHeader.CONTENT_RANGE);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    Optional<ContentRange> first = ContentRange.parse(fields.getFirst());
    for (String other : fields.subList(1, fields.size())) {
      if (!ContentRange.parse(other).equals(first)) {
        return Optional.empty();
      }
    }
    return first;
  }

  /**
   * Returns the length that delimits the content; empty if Transfer-Encoding does (RFC 9112, 6.3).
   */
  private static OptionalLong contentLength(Response response) {
    HttpField length = response.getHeaders().getField(HttpHeader.CONTENT_LENGTH);
    if (length == null || response.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(length.getLongValue());
  }
}
