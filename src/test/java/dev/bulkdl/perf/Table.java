package dev.bulkdl.perf;

import dev.bulkdl.bench.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The figures of one workload as a table in Markdown. */
record Table(Workload workload, Map<Client, List<Measurement>> figures) {

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("### " + workload.title());
    lines.add("");
    lines.add(
        "| client | wall s | CPU s | peak MiB | MiB/s | wall ÷ best peer | CPU ÷ best peer |");
    lines.add("|---|---|---|---|---|---|---|");
    figures.forEach((client, runs) -> lines.add(row(client, runs)));
    workload.clients().stream()
        .flatMap(client -> client.missing().stream())
        .forEach(missing -> lines.addAll(List.of("", missing)));
    return lines;
  }

  private String row(Client client, List<Measurement> runs) {
    long failed = runs.stream().filter(run -> !run.isGood()).count();
    Spread wall = spread(runs, Measurement::wall);
    Spread cpu = spread(runs, Measurement::cpu);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %.0f | %.0f | %s | %s |",
        client.name() + (failed == 0 ? "" : " (" + failed + " FAILED)"),
        text(wall),
        text(cpu),
        spread(runs, Measurement::memory).median() / 1024,
        workload.bytes() / wall.median() / (1 << 20),
        ratio(wall, Measurement::wall),
        ratio(cpu, Measurement::cpu));
  }

  /** Returns text such as {@code 4.60 (4.40–5.20)}. */
  private static String text(Spread spread) {
    return String.format(
        Locale.ROOT, "%.2f (%.2f–%.2f)", spread.median(), spread.min(), spread.max());
  }

  static Spread spread(List<Measurement> runs, ToDoubleFunction<Measurement> figure) {
    return Spread.of(runs.stream().map(figure::applyAsDouble).toList());
  }

  private String ratio(Spread own, ToDoubleFunction<Measurement> figure) {
    return best(figure)
        .map(best -> String.format(Locale.ROOT, "%.2f", own.median() / best))
        .orElse("");
  }

  /** Returns true if every run of bulkdl delivered every byte. */
  boolean isGood() {
    return figures.entrySet().stream()
        .filter(entry -> entry.getKey().isBulkdl())
        .allMatch(entry -> entry.getValue().stream().allMatch(Measurement::isGood));
  }

  /** Returns the lowest median among the peers that never failed. */
  Optional<Double> best(ToDoubleFunction<Measurement> figure) {
    return figures.entrySet().stream()
        .filter(entry -> !entry.getKey().isBulkdl() && !entry.getKey().isFloor())
        .filter(entry -> entry.getValue().stream().allMatch(Measurement::isGood))
        .map(entry -> spread(entry.getValue(), figure).median())
        .min(Comparator.naturalOrder());
  }
}
