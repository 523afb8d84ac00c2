package dev.bulkdl.testkit;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/**
 * A deviation of a {@link FaultServer} from a good server, as a value. Several faults may apply to
 * one response. They apply in the order of the groups below.
 */
public sealed interface Fault {
  /** No fault. It fills a place in a script. */
  Fault NONE = new All(List.of());

  /** Returns several faults for one response. */
  static Fault all(Fault... faults) {
    return new All(List.of(faults));
  }

  /** Several faults for one response. */
  record All(List<Fault> faults) implements Fault {}

  /** Another version of the resource, or wrong validators. */
  sealed interface OfVersion extends Fault {}

  /** A completely different response. */
  sealed interface OfReply extends Fault {}

  /** A range request handled wrongly, or a wrong length. */
  sealed interface OfRange extends Fault {}

  /** The right bytes, late or never. */
  sealed interface OfDelivery extends Fault {}

  // ---- version

  /** From this request on the path holds other content with its own validators. */
  record ChangedTo(Payload payload) implements OfVersion {}

  /** The same, but under the ETag of before; only Last-Modified is a later one. */
  record ChangedUnderItsTag(Payload payload) implements OfVersion {}

  /**
   * The file is overwritten in place while this answer is sent: what comes after {@code bytes} of
   * the file is of the other content, which the path holds from then on.
   */
  record OverwrittenAfter(long bytes, Payload payload) implements OfVersion {}

  record NoValidator() implements OfVersion {}

  record WeakEtag() implements OfVersion {}

  record OnlyLastModified() implements OfVersion {}

  /** Sends only Last-Modified with the same time as Date, which is a weak validator. */
  record JustModified() implements OfVersion {}

  /** Sends a new ETag for each request and no Last-Modified. */
  record EtagPerRequest() implements OfVersion {}

  /** Behaves like {@code nodes} servers behind one name, used in turn, each with its own ETag. */
  record EtagPerNode(int nodes) implements OfVersion {}

  /**
   * Sends Content-Encoding although {@code identity} was requested. The body is really encoded if
   * the coding is gzip.
   */
  record ContentEncoding(String coding) implements OfVersion {}

  // ---- reply

  record Status(int code, Map<String, String> headers, String body) implements OfReply {
    public Status(int code) {
      this(code, Map.of(), "status " + code + "\n");
    }

    public Status(int code, Map<String, String> headers) {
      this(code, headers, "status " + code + "\n");
    }
  }

  /** A status with any Retry-After: seconds, a date, or garbage. */
  record RetryAfter(int code, String value) implements OfReply {
    public RetryAfter(int code, long seconds) {
      this(code, Long.toString(seconds));
    }

    public RetryAfter(int code, ZonedDateTime date) {
      this(code, DateTimeFormatter.RFC_1123_DATE_TIME.format(date));
    }

    /** Returns a date at this distance from now; negative for a date in the past. */
    public static RetryAfter dateIn(int code, Duration fromNow) {
      return new RetryAfter(code, ZonedDateTime.now(ZoneOffset.UTC).plus(fromNow));
    }
  }

  /**
   * A redirect. The target is a path or a URL; {@code {n}} in it becomes the number of the request.
   */
  record Redirect(int code, String target) implements OfReply {}

  /** 200 with an HTML page. */
  record LoginPage() implements OfReply {}

  record HeadNotAllowed() implements OfReply {}

  /** 416 to every range request, with {@code *}{@code /total}. */
  record Unsatisfiable(long total) implements OfReply {}

  // ---- range

  /** 200 with the whole body to every range request. */
  record NoRanges() implements OfRange {}

  /** 206 although the If-Range condition no longer holds. */
  record IgnoreIfRange() implements OfRange {}

  /**
   * The range and the bytes begin {@code delta} bytes later than requested (earlier if negative).
   */
  record WrongRangeStart(long delta) implements OfRange {}

  /** At most {@code bytes} of the requested range, in an otherwise correct 206. */
  record ShortRange(long bytes) implements OfRange {}

  record NoContentRange() implements OfRange {}

  /** A total in Content-Range that is not the size of the resource. */
  record WrongTotal(long total) implements OfRange {}

  /** {@code bytes a-b/*}, which is allowed. */
  record UnknownTotal() implements OfRange {}

  /** 206 with the first {@code bytes} to a request without a range. */
  record UnaskedRange(long bytes) implements OfRange {}

  /** No Content-Length: the body is chunked. */
  record Chunked() implements OfRange {}

  /** A wrong Content-Length in the response to HEAD. */
  record HeadLies(long length) implements OfRange {}

  // ---- delivery

  /** Sends nothing until the gate opens. */
  record HoldBefore(Gate gate) implements OfDelivery {}

  /**
   * Sends nothing after {@code bytes} of content until the gate opens or the client closes the
   * connection.
   */
  record Stall(long bytes, Gate gate) implements OfDelivery {
    public Stall(long bytes) {
      this(bytes, new Gate());
    }
  }

  /**
   * Limits the speed, for tests that need an event in the middle of a file. Never use it to assert
   * a speed.
   */
  record Throttle(long bytesPerSecond) implements OfDelivery {}

  /** Closes the connection after {@code bytes} of content; in TLS without close_notify. */
  record CutAfter(long bytes) implements OfDelivery {}

  /** Resets the connection (RST) after {@code bytes} of content. */
  record ResetAfter(long bytes) implements OfDelivery {}

  // ---- wire

  /**
   * Sends these characters in place of an HTTP response, and then closes the connection; in TLS
   * without close_notify. Tokens in braces stand for parts of the correct response: {@code {line}}
   * is its status line, {@code {fields}} its header fields without the length, {@code {length}} the
   * length field, {@code {body}} the body, {@code {half}} half of the body, {@code {size}} the size
   * of the body in hex. {@code {reset}} sends RST. Three tokens last until the client closes the
   * connection: {@code {hold}} sends nothing more, {@code {drip}} sends a letter now and then, and
   * {@code {endless TEXT}} repeats a line.
   */
  record Raw(String template) implements Fault {}
}
