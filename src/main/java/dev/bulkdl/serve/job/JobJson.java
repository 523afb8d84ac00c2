package dev.bulkdl.serve.job;

import dev.bulkdl.model.RateTable;
import dev.bulkdl.model.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON columns of the database. Unknown fields are left alone. */
final class JobJson {

  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private JobJson() {}

  static String write(JobLimits limits) {
    ObjectNode json = MAPPER.createObjectNode();
    limits.files().ifPresent(number -> json.put("files", number));
    limits.connections().ifPresent(number -> json.put("connections", number));
    limits.perHost().ifPresent(number -> json.put("perHost", number));
    limits.segments().ifPresent(number -> json.put("segments", number));
    limits
        .rate()
        .ifPresent(
            rate -> {
              json.put("rate", rate.toString());
              json.put("zone", rate.zone().getId());
            });
    return json.toString();
  }

  static JobLimits limits(String text) {
    JsonNode json = MAPPER.readTree(text);
    Optional<RateTable> rate = text(json, "rate").map(table -> RateTable.parse(table, zone(json)));
    return new JobLimits(
        integer(json, "files"),
        integer(json, "connections"),
        integer(json, "perHost"),
        integer(json, "segments"),
        rate);
  }

  static String write(JobSchedule schedule) {
    ObjectNode json = MAPPER.createObjectNode();
    schedule.startAt().ifPresent(at -> json.put("startAt", at.toString()));
    if (!schedule.windows().isEmpty()) {
      ArrayNode windows = json.putArray("windows");
      schedule.windows().forEach(window -> windows.add(window.toString()));
      json.put("zone", schedule.zone().getId());
    }
    return json.toString();
  }

  static JobSchedule schedule(String text) {
    JsonNode json = MAPPER.readTree(text);
    List<Window> windows = new ArrayList<>();
    json.path("windows").forEach(window -> windows.add(Window.parse(window.asString())));
    return new JobSchedule(text(json, "startAt").map(Instant::parse), windows, zone(json));
  }

  static String write(Timetable timetable) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("text", timetable.text());
    json.put("zone", timetable.zone().getId());
    return json.toString();
  }

  static Timetable timetable(String text) {
    JsonNode json = MAPPER.readTree(text);
    return Timetable.parse(text(json, "text").orElse(""), text(json, "zone").orElse(""));
  }

  static String write(List<String> texts) {
    return MAPPER.writeValueAsString(texts);
  }

  static List<String> texts(String json) {
    List<String> texts = new ArrayList<>();
    MAPPER.readTree(json).forEach(text -> texts.add(text.asString()));
    return texts;
  }

  private static ZoneId zone(JsonNode json) {
    return text(json, "zone").map(ZoneId::of).orElse(ZoneOffset.UTC);
  }

  private static Optional<String> text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isMissingNode() || value.isNull()
        ? Optional.empty()
        : Optional.of(value.asString());
  }

  private static OptionalInt integer(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isNumber() ? OptionalInt.of(value.asInt()) : OptionalInt.empty();
  }
}
