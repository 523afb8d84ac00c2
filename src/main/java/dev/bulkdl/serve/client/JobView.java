package dev.bulkdl.serve.client;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the command line shows of a job.
 *
 * @param json all of it, as the daemon sent it
 */
public record JobView(
    String id, String name, String state, Optional<String> reason, Numbers numbers, String json) {

  /**
   * Numbers of rows and bytes.
   *
   * @param finished rows that are complete or were there
   */
  public record Numbers(long rows, long finished, long failed, long bytes, long done, long rate) {}

  static JobView of(JsonNode json) {
    JsonNode counts = json.path("counts");
    Numbers numbers =
        new Numbers(
            json.path("rows").asLong(0),
            counts.path("completed").asLong(0) + counts.path("skipped").asLong(0),
            counts.path("failed").asLong(0),
            json.path("bytes").asLong(0),
            json.path("done").asLong(0),
            json.path("rate").asLong(0));
    return new JobView(
        text(json, "id").orElse("?"),
        text(json, "name").orElse(""),
        text(json, "state").orElse("?"),
        text(json, "hint").or(() -> text(json, "reason")),
        numbers,
        json.toString());
  }

  private static Optional<String> text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
  }

  /** Returns whether nothing more happens without a user. */
  public boolean hasEnded() {
    return state.equals("done") || state.equals("done-with-failures") || state.equals("cancelled");
  }
}
