package dev.bulkdl.report;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.text.Redaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An event in the form that the log writes. Immutable.
 *
 * @param event the event's name
 * @param fields texts and numbers in the order of writing; redacted
 */
record LogEntry(String event, List<Field> fields) {

  LogEntry {
    fields = List.copyOf(fields);
  }

  /** A text or a whole number. */
  record Field(String name, Object value) {}

  static LogEntry of(TransferEvent event) {
    return describe(event).build();
  }

  /** An entry for an event outside the transfers. Its texts are made safe here. */
  static LogEntry of(String event, Map<String, Object> fields) {
    Builder entry = new Builder(event);
    fields.forEach(
        (name, value) -> {
          if (value instanceof Long number) {
            entry.number(name, number);
          } else {
            entry.text(name, value.toString());
          }
        });
    return entry.build();
  }

  private static Builder describe(TransferEvent event) {
    return switch (event) {
      case TransferEvent.RunStarted e ->
          new Builder("run-started")
              .text("run", e.id())
              .text("manifest", e.manifest())
              .text("outputDir", e.outputDir().toString())
              .number("files", e.files());
      case TransferEvent.RowRejected e ->
          new Builder("row-rejected").number("line", e.line()).text("cause", e.failure().shown());
      case TransferEvent.FileStarted e ->
          new Builder("file-started")
              .file(e.download())
              .text("url", e.download().source().toString());
      case TransferEvent.TlsBegan e -> new Builder("tls-began").text("by", e.by());
      case TransferEvent.Connected e -> new Builder("connected").millis(e.took());
      case TransferEvent.Delivered e ->
          new Builder("delivered")
              .text("origin", e.origin().toString())
              .number("bytes", e.bytes())
              .millis(e.took());
      case TransferEvent.Answered e ->
          new Builder("answered")
              .file(e.download())
              .text("origin", e.origin().toString())
              .number("status", e.status())
              .millis(e.took());
      case TransferEvent.Retrying e ->
          new Builder("retrying")
              .file(e.download())
              .number("attempt", e.attempt())
              .text("origin", e.origin().toString())
              .number("delayMillis", e.delay().toMillis())
              .text("cause", e.failure().shown());
      case TransferEvent.Restarted e ->
          new Builder("restarted")
              .file(e.download())
              .number("discarded", e.discarded())
              .text("cause", e.reason());
      case TransferEvent.OriginPaused e ->
          new Builder("origin-paused")
              .text("origin", e.origin().toString())
              .number("delayMillis", e.pause().toMillis())
              .text("cause", e.cause().shown());
      case TransferEvent.HoldBegan e -> held("held", e.hold());
      case TransferEvent.HoldEnded e -> held("held-no-more", e.hold());
      case TransferEvent.EndedEarly e -> new Builder("ended-early").text("cause", e.why());
      case TransferEvent.OutageBegan ignored -> new Builder("outage-began");
      case TransferEvent.OutageEnded e -> new Builder("outage-ended").millis(e.lasted());
      case TransferEvent.FileEnded e -> ofEnded(e.download(), e.outcome());
      case TransferEvent.Requeued e ->
          new Builder("requeued").file(e.download()).text("cause", e.was().failure().shown());
      case TransferEvent.RunEnded e -> new Builder("run-ended").millis(e.elapsed());
    };
  }

  private static Builder held(String event, Hold hold) {
    Builder entry =
        new Builder(event)
            .text("reason", hold.reason().name().toLowerCase(Locale.ROOT))
            .text("cause", hold.why());
    hold.until().ifPresent(until -> entry.text("until", until.toString()));
    return entry;
  }

  private static Builder ofEnded(Download download, Outcome outcome) {
    Builder entry =
        new Builder("file-ended")
            .file(download)
            .number("attempts", outcome.effort().attempts())
            .number("bytes", outcome.effort().downloaded())
            .text("status", outcome.status())
            .millis(outcome.effort().elapsed());
    return switch (outcome) {
      case Outcome.Completed completed -> entry.text("proof", completed.proof().label());
      case Outcome.Skipped skipped -> entry.text("proof", skipped.proof().label());
      case Outcome.Failed failed -> entry.text("cause", failed.failure().shown());
      case Outcome.Cancelled ignored -> entry;
    };
  }

  private static final class Builder {

    private final String event;
    private final List<Field> fields = new ArrayList<>();

    Builder(String event) {
      this.event = event;
    }

    Builder file(Download download) {
      return text("file", download.target().value());
    }

    Builder millis(Duration took) {
      return number("millis", took.toMillis());
    }

    Builder text(String name, String value) {
      fields.add(new Field(name, Redaction.of(value)));
      return this;
    }

    Builder number(String name, long value) {
      fields.add(new Field(name, value));
      return this;
    }

    LogEntry build() {
      return new LogEntry(event, fields);
    }
  }
}
