package dev.bulkdl.peers;

import dev.bulkdl.testkit.Payload;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A behaviour of a server, and what a client should make of it.
 *
 * @param group a heading of the table
 * @param title what the server does
 * @param resumed whether a first run is interrupted before the fault is met
 * @param scene starts the server
 * @param right the files that are right, by name; none where only an error is
 * @param encoded whether a file may be the gzip form of what it should be
 * @param size what the user knows of the size, if anything
 * @param names what is asked for
 */
record FaultCase(
    String group,
    String title,
    boolean resumed,
    Supplier<Scene> scene,
    Map<String, Payload> right,
    boolean encoded,
    OptionalLong size,
    java.util.List<String> names) {

  boolean hasContent() {
    return !right.isEmpty();
  }

  /** As the table says it. */
  String expectation() {
    return hasContent() ? "the content" : "an error";
  }

  FaultCase gzipped() {
    return new FaultCase(group, title, resumed, scene, right, true, size, names);
  }

  FaultCase ofSize(long known) {
    return new FaultCase(
        group, title, resumed, scene, right, encoded, OptionalLong.of(known), names);
  }

  FaultCase onlyAnError() {
    return new FaultCase(group, title, resumed, scene, Map.of(), encoded, size, names);
  }
}
