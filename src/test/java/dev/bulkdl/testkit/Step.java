package dev.bulkdl.testkit;

import java.util.List;
import java.util.function.Function;

/** One action of a {@link RawServer} on a connection. */
public sealed interface Step {

  /** Reads a request up to the end of its headers and records it. */
  record Read() implements Step {}

  /** Sends this text unchanged, one byte per character. */
  record Say(String text) implements Step {}

  /** Sends a part of a body. */
  record Send(Body body, long from, long to) implements Step {}

  /** Sends this text byte by byte, each byte when the gate lets it pass. */
  record Drip(String text, Gate gate) implements Step {}

  /** Repeats this text until the client closes the connection. */
  record Endless(String text) implements Step {}

  /** Waits until the gate lets it pass. */
  record Await(Gate gate) implements Step {}

  /** Sends nothing until the client closes the connection. */
  record Hold() implements Step {}

  /** Closes with RST. Without this step a connection ends with FIN after its last step. */
  record Reset() implements Step {}

  /** Closes with FIN before the last step. */
  record Close() implements Step {}

  /** Answers requests correctly until the client closes the connection. */
  record Serve(Payload payload) implements Step {}

  /**
   * Reads requests and runs the steps that the function returns for each, until the client closes
   * the connection.
   */
  record Reply(Function<SeenRequest, List<Step>> steps) implements Step {}
}
