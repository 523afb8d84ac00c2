package dev.bulkdl.testkit;

import java.util.List;

/**
 * The steps of one connection of a {@link RawServer}. The connection is closed after the last step.
 * Methods with a payload announce and send the whole payload, except for the fault in their name.
 */
public record Wire(List<Step> steps) {
  private static final Step READ = new Step.Read();

  public static Wire of(Step... steps) {
    return new Wire(List.of(steps));
  }

  /** Serves correctly, with ranges, until the client closes the connection. */
  public static Wire good(Payload payload) {
    return of(new Step.Serve(payload));
  }

  /** Closes as soon as the request has arrived. */
  public static Wire closes() {
    return of(READ);
  }

  public static Wire resets() {
    return of(READ, new Step.Reset());
  }

  /** Reads the request and never answers. */
  public static Wire silent() {
    return of(READ, new Step.Hold());
  }

  /** Closes after {@code sent} bytes of content. */
  public static Wire truncated(Payload payload, long sent) {
    return of(READ, head(payload), new Step.Send(payload, 0, sent));
  }

  /** Resets when the gate opens, after {@code sent} bytes of content. */
  public static Wire reset(Payload payload, long sent, Gate gate) {
    return of(
        READ,
        head(payload),
        new Step.Send(payload, 0, sent),
        new Step.Await(gate),
        new Step.Reset());
  }

  /** Sends nothing after {@code sent} bytes of content, like a half-open peer. */
  public static Wire stalled(Payload payload, long sent) {
    return of(READ, head(payload), new Step.Send(payload, 0, sent), new Step.Hold());
  }

  public static Wire garbage() {
    return of(READ, new Step.Say("NONSENSE is what this is\r\n\r\n"));
  }

  public static Wire endlessHeaders() {
    return of(READ, new Step.Say("HTTP/1.1 200 OK\r\n"), new Step.Endless("X-More: and more\r\n"));
  }

  /** Sends one byte of the headers for each tick. */
  public static Wire drippedHeaders(Payload payload, Gate gate) {
    return of(READ, new Step.Drip(head(payload).text(), gate), whole(payload));
  }

  /** Sends one byte of content for each tick, after the headers. */
  public static Wire dripped(String content, Gate gate) {
    return of(
        READ,
        new Step.Say("HTTP/1.1 200 OK\r\nContent-Length: " + content.length() + "\r\n\r\n"),
        new Step.Drip(content, gate));
  }

  public static Wire twoLengths(Payload payload, long other) {
    String second = "Content-Length: " + other + "\r\n\r\n";
    return of(
        READ,
        new Step.Say(head(payload).text().replaceFirst("\r\n\r\n$", "\r\n" + second)),
        whole(payload));
  }

  /** Sends neither Content-Length nor chunks: the content ends with the connection. */
  public static Wire noLength(Payload payload) {
    return of(READ, new Step.Say("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"), whole(payload));
  }

  /** Sends this text after the content that Content-Length announced. */
  public static Wire pastLength(Payload payload, String more) {
    return of(READ, head(payload), whole(payload), new Step.Say(more));
  }

  /** Sends 100 and 103 before the final response. */
  public static Wire interim(Payload payload) {
    return of(
        READ,
        new Step.Say("HTTP/1.1 100 Continue\r\n\r\n"),
        new Step.Say("HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"),
        head(payload),
        whole(payload));
  }

  /** Announces one whole chunk and closes after {@code sent} bytes. */
  public static Wire cutChunk(Payload payload, long sent) {
    return of(
        READ,
        new Step.Say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
        new Step.Say(Long.toHexString(payload.size()) + "\r\n"),
        new Step.Send(payload, 0, sent));
  }

  /** Sends all chunks except the terminating one. */
  public static Wire noLastChunk(Payload payload) {
    return of(
        READ,
        new Step.Say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
        new Step.Say(Long.toHexString(payload.size()) + "\r\n"),
        whole(payload),
        new Step.Say("\r\n"));
  }

  /** Answers one request, and closes the kept-alive connection when the second arrives. */
  public static Wire closesOnSecond(Payload payload) {
    return of(READ, head(payload), whole(payload), READ);
  }

  public static Wire resetsOnSecond(Payload payload) {
    return of(READ, head(payload), whole(payload), READ, new Step.Reset());
  }

  private static Step.Send whole(Payload payload) {
    return new Step.Send(payload, 0, payload.size());
  }

  private static Step.Say head(Payload payload) {
    return new Step.Say("HTTP/1.1 200 OK\r\nContent-Length: " + payload.size() + "\r\n\r\n");
  }
}
