package dev.bulkdl.testkit;

import java.util.List;
import java.util.function.Function;

/** One thing that a {@link RawServer} does on a connection. */
public sealed interface Step {

  /** Reads a request up to the end of its headers, and records it. */
  record Read() implements Step {}

  /** Sends this text, one byte a character, as it is. */
  record Say(String text) implements Step {}

  /** Sends a part of a body. */
  record Send(Body body, long from, long to) implements Step {}

  /** Sends this text byte by byte, each when the gate lets it through. */
  record Drip(String text, Gate gate) implements Step {}

  /** Sends this text again and again, until the client goes. */
  record Endless(String text) implements Step {}

  /** Goes on when the gate lets it through. */
  record Await(Gate gate) implements Step {}

  /** Says nothing until the client goes. */
  record Hold() implements Step {}

  /** Closes with RST. Without it a connection ends with FIN after its last step. */
  record Reset() implements Step {}

  /** Closes with FIN before the last step. */
  record Close() implements Step {}

  /** Answers requests as it should, until the client goes. */
  record Serve(Payload payload) implements Step {}

  /** Reads requests and runs the steps that the function gives for each, until the client goes. */
  record Reply(Function<SeenRequest, List<Step>> steps) implements Step {}
}
