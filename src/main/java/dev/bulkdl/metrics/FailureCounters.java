package dev.bulkdl.metrics;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counters of what ended: failures by class and status, and bytes that were not fetched. */
final class FailureCounters {

  private final MeterRegistry registry;
  private final Counter skipped;
  private final Counter resumed;
  private final Counter discarded;

  FailureCounters(MeterRegistry registry) {
    this.registry = registry;
    skipped = bytes("skipped", "Sizes of the files that were there already.");
    resumed = bytes("resumed", "Bytes of earlier runs that were used.");
    discarded = bytes("discarded", "Bytes that were there and could not be used.");
  }

  private Counter bytes(String name, String description) {
    return Counter.builder("bulkdl." + name)
        .description(description)
        .baseUnit("bytes")
        .register(registry);
  }

  void ended(TransferEvent.FileEnded file) {
    resumed.increment((double) file.outcome().effort().resumed());
    discarded.increment((double) file.outcome().effort().discarded());
    if (file.outcome() instanceof Outcome.Skipped there) {
      skipped.increment((double) there.size());
    } else if (file.outcome() instanceof Outcome.Failed failed) {
      failed(failed.failure());
    }
  }

  void failed(Failure failure) {
    String code = failure instanceof Failure.Http http ? Integer.toString(http.status()) : "none";
    Counter.builder("bulkdl.failures")
        .description("Files that failed, by class and HTTP status; retried files count each time.")
        .tag("class", failure.label())
        .tag("code", code)
        .register(registry)
        .increment();
  }
}
