package dev.bulkdl.serve.web;

import java.util.Map;

/** The state of the daemon in the text format of Prometheus. */
final class MetricsText {

  private MetricsText() {}

  static String of(DaemonRoutes.OverviewAnswer now) {
    StringBuilder text = new StringBuilder();
    gauge(text, "bulkdl_serve_rate_bytes", "Bytes a second of all jobs.", now.rate());
    gauge(text, "bulkdl_serve_connections", "Open connections of all jobs.", now.connections());
    gauge(text, "bulkdl_serve_files_active", "Files that are being fetched.", now.active());
    now.diskFree()
        .ifPresent(
            free -> gauge(text, "bulkdl_serve_disk_free_bytes", "Free bytes below --root.", free));
    head(text, "bulkdl_serve_jobs", "Jobs by state.");
    for (Map.Entry<String, Long> each : now.jobs().entrySet()) {
      text.append("bulkdl_serve_jobs{state=\"")
          .append(each.getKey())
          .append("\"} ")
          .append(each.getValue())
          .append('\n');
    }
    return text.toString();
  }

  private static void gauge(StringBuilder text, String name, String help, long value) {
    head(text, name, help);
    text.append(name).append(' ').append(value).append('\n');
  }

  private static void head(StringBuilder text, String name, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(" gauge\n");
  }
}
