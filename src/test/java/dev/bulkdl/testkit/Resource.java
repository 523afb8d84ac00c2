package dev.bulkdl.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** One version of a path's content and its validators. */
record Resource(
    Body body, Optional<String> etag, Optional<String> lastModified, Optional<String> encoding) {
  private static final Instant EPOCH = Instant.parse("2020-01-01T00:00:00Z");

  /**
   * Derives the validators from the content: the same payload has the same validators on every
   * server.
   */
  static Resource of(Payload payload) {
    String tag = Long.toHexString(payload.seed()) + "-" + Long.toHexString(payload.size());
    long seconds = Math.floorMod(payload.hashCode(), 100_000_000);
    return new Resource(
        payload,
        Optional.of('"' + tag + '"'),
        Optional.of(httpDate(EPOCH.plusSeconds(seconds))),
        Optional.empty());
  }

  Resource with(Faults faults, SeenRequest request) {
    Resource result = this;
    for (Fault.OfVersion fault : faults.each(Fault.OfVersion.class).toList()) {
      result = result.with(fault, request.order());
    }
    return result;
  }

  private Resource with(Fault.OfVersion fault, int order) {
    return switch (fault) {
      case Fault.ChangedTo change -> of(change.payload());
      case Fault.ChangedUnderItsTag change -> underSameTag(change.payload());
      case Fault.OverwrittenAfter change ->
          new Resource(
              new Body.Spliced(body, change.bytes(), change.payload()),
              etag,
              lastModified,
              encoding);
      case Fault.NoValidator ignored -> validators(null, null);
      case Fault.WeakEtag ignored -> validators("W/" + etag.orElse("\"weak\""), null);
      case Fault.OnlyLastModified ignored -> validators(null, lastModified.orElse(null));
      case Fault.JustModified ignored -> validators(null, httpDate(Instant.now()));
      case Fault.EtagPerRequest ignored -> validators("\"request-" + order + '"', null);
      case Fault.EtagPerNode node -> validators("\"node-" + order % node.nodes() + '"', null);
      case Fault.ContentEncoding encoded -> encoded(encoded.coding());
    };
  }

  /** Other content with this tag, and a date of its own. */
  Resource underSameTag(Payload payload) {
    return new Resource(payload, etag, of(payload).lastModified, encoding);
  }

  private Resource encoded(String coding) {
    return new Resource(
        coding.equals("gzip") ? gzip(body) : body,
        etag.map(tag -> tag.substring(0, tag.length() - 1) + '-' + coding + '"'),
        lastModified,
        Optional.of(coding));
  }

  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/octet-stream");
    etag.ifPresent(tag -> headers.put("ETag", tag));
    lastModified.ifPresent(date -> headers.put("Last-Modified", date));
    encoding.ifPresent(coding -> headers.put("Content-Encoding", coding));
    return headers;
  }

  /**
   * Evaluates If-Range by RFC 9110, 13.1.5: strong comparison of ETags, exact comparison of dates.
   */
  boolean ifRangeHolds(String condition) {
    return condition.startsWith("\"")
        ? etag.filter(condition::equals).isPresent()
        : lastModified.filter(condition::equals).isPresent();
  }

  private Resource validators(String tag, String date) {
    return new Resource(body, Optional.ofNullable(tag), Optional.ofNullable(date), encoding);
  }

  private static String httpDate(Instant instant) {
    return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
        .format(instant.atOffset(ZoneOffset.UTC));
  }

  private static Body gzip(Body plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      new BodyStream(plain).transferTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Body.Bytes(bytes.toByteArray());
  }
}
