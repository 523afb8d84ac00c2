package dev.bulkdl.hook;

import dev.bulkdl.event.TransferEvent.FileEnded;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.report.RunReport;
import dev.bulkdl.text.Redaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The environment variables for commands. No name equals that of an option's variable, although
 * both begin with {@code BULKDL_}. No value contains a secret.
 */
final class ResultVariables {

  /** The common prefix of these variables and of the options' variables. */
  static final String OURS = "BULKDL_";

  private static final String PREFIX = OURS + "RESULT_";

  private final Map<String, String> variables = new LinkedHashMap<>();

  private ResultVariables() {}

  /** The columns of results.csv, and the path of the file, even if the file does not exist. */
  static Map<String, String> of(FileEnded ended, Path outputDir) {
    Outcome outcome = ended.outcome();
    String name = ended.download().target().value();
    return new ResultVariables()
        .put("FILE", name)
        .put("PATH", outputDir.resolve(name).toAbsolutePath().normalize().toString())
        .put("URL", Redaction.of(ended.download().source()))
        .put("STATUS", outcome.status())
        .put("BYTES", Long.toString(outcome.effort().downloaded()))
        .put("SIZE", size(ended))
        .put("SECONDS", seconds(outcome.effort().elapsed()))
        .put("ATTEMPTS", Integer.toString(outcome.effort().attempts()))
        .put("PROOF", proof(outcome).label())
        .put("ERROR", outcome instanceof Outcome.Failed failed ? text(failed.failure()) : "")
        .variables;
  }

  /** The counts of report.json and its path. */
  static Map<String, String> of(RunReport report, Path reportFile) {
    RunReport.FileCounts files = report.files();
    return new ResultVariables()
        .put("EXIT_CODE", Integer.toString(report.exitCode()))
        .put("MANIFEST", report.manifest())
        .put("OUTPUT_DIR", Path.of(report.outputDir()).toAbsolutePath().normalize().toString())
        .put("REPORT", reportFile.toAbsolutePath().normalize().toString())
        .put("TOTAL", Long.toString(files.total()))
        .put("COMPLETED", Long.toString(files.completed()))
        .put("SKIPPED", Long.toString(files.skipped()))
        .put("FAILED", Long.toString(files.failed()))
        .put("CANCELLED", Long.toString(files.cancelled()))
        .put("BYTES", Long.toString(report.bytes().downloaded()))
        .put("SECONDS", seconds(Duration.ofMillis(Math.round(1000 * report.elapsedSeconds()))))
        .variables;
  }

  private ResultVariables put(String name, String value) {
    variables.put(PREFIX + name, value);
    return this;
  }

  private static String size(FileEnded ended) {
    return switch (ended.outcome()) {
      case Outcome.Completed file -> Long.toString(file.size());
      case Outcome.Skipped file -> Long.toString(file.size());
      case Outcome.Failed ignored -> knownSize(ended);
      case Outcome.Cancelled ignored -> knownSize(ended);
    };
  }

  private static String knownSize(FileEnded ended) {
    return ended.download().size().isPresent()
        ? Long.toString(ended.download().size().getAsLong())
        : "";
  }

  private static Proof proof(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed file -> file.proof();
      case Outcome.Skipped file -> file.proof();
      case Outcome.Failed ignored -> Proof.NONE;
      case Outcome.Cancelled ignored -> Proof.NONE;
    };
  }

  private static String text(Failure failure) {
    return failure.shown();
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
  }
}
