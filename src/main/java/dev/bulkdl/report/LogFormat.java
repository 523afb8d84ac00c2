package dev.bulkdl.report;

import dev.bulkdl.text.IsoTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The format of log lines. The constants, in lower case, are the values of {@code --log-format}.
 */
public enum LogFormat {
  /**
   * Time, event, then {@code name=value} pairs. Values that contain a blank, a quote or a
   * backslash, and empty values, are quoted.
   */
  TEXT {
    @Override
    String render(Instant at, LogEntry entry) {
      StringBuilder line =
          new StringBuilder().append(IsoTime.precise(at)).append(' ').append(entry.event());
      for (LogEntry.Field field : entry.fields()) {
        line.append(' ').append(field.name()).append('=').append(word(field.value()));
      }
      return line.toString();
    }
  },

  /** One JSON object per line. */
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

  /** One line without its line end. */
  abstract String render(Instant at, LogEntry entry);

  private static String word(Object value) {
    String text = value.toString();
    boolean plain =
        !text.isEmpty() && text.indexOf(' ') < 0 && text.indexOf('"') < 0 && text.indexOf('\\') < 0;
    return plain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
