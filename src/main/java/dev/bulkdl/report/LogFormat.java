package dev.bulkdl.report;

import dev.bulkdl.model.Chars;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the lines of the log look; the values' names are those of {@code --log-format} in lower case.
 */
public enum LogFormat {
  /** Time, event, then {@code name=value}; values with blanks in them are quoted. */
  TEXT {
    @Override
    String render(Instant at, LogEntry entry) {
      StringBuilder line = new StringBuilder().append(at).append(' ').append(entry.event());
      for (LogEntry.Field field : entry.fields()) {
        line.append(' ').append(field.name()).append('=').append(word(field.value()));
      }
      return line.toString();
    }
  },

  /** A JSON object a line. */
  JSON {
    @Override
    String render(Instant at, LogEntry entry) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("time", at.toString());
      line.put("event", entry.event());
      entry.fields().forEach(field -> line.put(field.name(), field.value()));
      return JsonText.line(line);
    }
  };

  /** One line without its end. */
  abstract String render(Instant at, LogEntry entry);

  private static String word(Object value) {
    String text = value.toString();
    boolean plain = !text.isEmpty() && !Chars.any(text, c -> c == ' ' || c == '"' || c == '\\');
    return plain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
