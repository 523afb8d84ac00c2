package dev.bulkdl.peers;

import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import dev.bulkdl.testkit.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a good server answers for a version of a file, in pieces that a case can put together
 * otherwise.
 */
record Reply(Payload payload, String etag, String lastModified) {
  static final String LATER = "Fri, 01 Jan 2021 00:00:00 GMT";

  private static final String EARLIER = "Wed, 01 Jan 2020 00:00:00 GMT";
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  static Reply of(Payload payload) {
    return new Reply(payload, "\"version-" + payload.seed() + '"', EARLIER);
  }

  /** Type and validators. */
  String fields() {
    return "Content-Type: application/octet-stream\r\nETag: "
        + etag
        + "\r\nLast-Modified: "
        + lastModified
        + "\r\n";
  }

  /** Status line and all fields, to the blank line. */
  String head(SeenRequest request) {
    String range =
        isPartial(request)
            ? "Content-Range: bytes %d-%d/%d\r\n"
                .formatted(from(request), to(request) - 1, payload.size())
            : "";
    return "HTTP/1.1 "
        + (isPartial(request) ? "206 Partial Content" : "200 OK")
        + "\r\n"
        + fields()
        + range
        + "Content-Length: "
        + (to(request) - from(request))
        + "\r\n\r\n";
  }

  List<Step> steps(SeenRequest request) {
    Step head = new Step.Say(head(request));
    return request.isHead()
        ? List.of(head)
        : List.of(head, new Step.Send(payload, from(request), to(request)));
  }

  /** No more than so many bytes of content, and then nothing until the client goes. */
  List<Step> stalled(SeenRequest request, long bytes) {
    if (request.isHead()) {
      return steps(request);
    }
    long end = Math.min(to(request), from(request) + bytes);
    return List.of(
        new Step.Say(head(request)),
        new Step.Send(payload, from(request), end),
        new Step.Hold(),
        new Step.Reset());
  }

  /** The whole answer, one character a byte. */
  String text(SeenRequest request) {
    return head(request) + text(from(request), to(request));
  }

  String text(long from, long to) {
    return new String(payload.bytes(from, to), StandardCharsets.ISO_8859_1);
  }

  long from(SeenRequest request) {
    return isPartial(request) ? Long.parseLong(asked(request).orElseThrow().group(1)) : 0;
  }

  /** Exclusive. */
  long to(SeenRequest request) {
    String last = isPartial(request) ? asked(request).orElseThrow().group(2) : "";
    return last.isEmpty() ? payload.size() : Math.min(payload.size(), Long.parseLong(last) + 1);
  }

  private boolean isPartial(SeenRequest request) {
    boolean same =
        request
            .header("If-Range")
            .map(condition -> condition.equals(etag) || condition.equals(lastModified))
            .orElse(true);
    return same
        && request.isGet()
        && asked(request)
            .filter(range -> Long.parseLong(range.group(1)) < payload.size())
            .isPresent();
  }

  private static Optional<Matcher> asked(SeenRequest request) {
    return request.range().map(RANGE::matcher).filter(Matcher::matches);
  }
}
