package dev.bulkdl.testkit;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/**
 * What a {@link FaultServer} does otherwise than a good server would, as a value. Several may meet
 * in one answer; they apply in the order of the groups below.
 */
public sealed interface Fault {
  /** No fault: fills a place in a script. */
  Fault NONE = new All(List.of());

  /** Several faults in one answer. */
  static Fault all(Fault... faults) {
    return new All(List.of(faults));
  }

  /** Several faults in one answer. */
  record All(List<Fault> faults) implements Fault {}

  /** Another version of the resource, or other words about its version. */
  sealed interface OfVersion extends Fault {}

  /** Another answer altogether. */
  sealed interface OfReply extends Fault {}

  /** A range request understood wrongly, or a length told wrongly. */
  sealed interface OfRange extends Fault {}

  /** The right bytes, late or never. */
  sealed interface OfDelivery extends Fault {}

  // ---- version

  /** From this request on the path holds other content, with validators of its own. */
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

  /** Only Last-Modified, and that equal to Date: it proves nothing. */
  record JustModified() implements OfVersion {}

  /** Never the same ETag twice; no Last-Modified. */
  record EtagPerRequest() implements OfVersion {}

  /** As from {@code nodes} servers behind one name, in turn, each with an ETag of its own. */
  record EtagPerNode(int nodes) implements OfVersion {}

  /** Content-Encoding in spite of {@code identity}; really encoded if the coding is gzip. */
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

    /** A date this far from now; negative for one in the past. */
    public static RetryAfter dateIn(int code, Duration fromNow) {
      return new RetryAfter(code, ZonedDateTime.now(ZoneOffset.UTC).plus(fromNow));
    }
  }

  /** The target is a path or a URL; {@code {n}} in it becomes the number of the request. */
  record Redirect(int code, String target) implements OfReply {}

  /** 200 with a page of HTML. */
  record LoginPage() implements OfReply {}

  record HeadNotAllowed() implements OfReply {}

  /** 416 to every ranged request, with {@code *}{@code /total}. */
  record Unsatisfiable(long total) implements OfReply {}

  // ---- range

  /** 200 with the whole body, whatever range was asked for. */
  record NoRanges() implements OfRange {}

  /** 206 in spite of an If-Range that no longer holds. */
  record IgnoreIfRange() implements OfRange {}

  /** The range, and the bytes, begin {@code delta} later (or earlier) than asked. */
  record WrongRangeStart(long delta) implements OfRange {}

  /** At most {@code bytes} of the range asked for, in an otherwise right 206. */
  record ShortRange(long bytes) implements OfRange {}

  record NoContentRange() implements OfRange {}

  /** A total in Content-Range that is not the resource's. */
  record WrongTotal(long total) implements OfRange {}

  /** {@code bytes a-b/*}, which is allowed. */
  record UnknownTotal() implements OfRange {}

  /** 206 with the first {@code bytes} to a request that asked for no range. */
  record UnaskedRange(long bytes) implements OfRange {}

  /** No Content-Length: chunked. */
  record Chunked() implements OfRange {}

  /** A wrong Content-Length in the answer to HEAD. */
  record HeadLies(long length) implements OfRange {}

  // ---- delivery

  /** Nothing at all until the gate opens. */
  record HoldBefore(Gate gate) implements OfDelivery {}

  /** Nothing after {@code bytes} of content, until the gate opens or the client goes. */
  record Stall(long bytes, Gate gate) implements OfDelivery {
    public Stall(long bytes) {
      this(bytes, new Gate());
    }
  }

  /** Paced, for tests that need something to happen in mid-file; never to assert a speed. */
  record Throttle(long bytesPerSecond) implements OfDelivery {}

  /** Closes the connection after {@code bytes} of content, in TLS without close_notify. */
  record CutAfter(long bytes) implements OfDelivery {}

  /** Resets the connection (RST) after {@code bytes} of content. */
  record ResetAfter(long bytes) implements OfDelivery {}

  // ---- wire

  /**
   * These characters in place of what HTTP would have, and then the end of the connection, in TLS
   * without close_notify. In braces, of the answer as it should be: {@code {line}} its status line,
   * {@code {fields}} its header fields without a length, {@code {length}} that one, {@code {body}},
   * {@code {half}} of the body, {@code {size}} of the body in hex; {@code {reset}} is RST, {@code
   * {hold}} says nothing more, {@code {drip}} a letter now and then, and {@code {endless TEXT}}
   * repeats a line, all until the client goes.
   */
  record Raw(String template) implements Fault {}
}
