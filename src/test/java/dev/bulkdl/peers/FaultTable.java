package dev.bulkdl.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The verdicts as a table in Markdown. */
final class FaultTable {
  private final List<Contender> contenders;
  private final Map<FaultCase, Map<Contender, Verdict>> verdicts = new LinkedHashMap<>();

  FaultTable(List<Contender> contenders) {
    this.contenders = contenders;
  }

  void add(FaultCase fault, Map<Contender, Verdict> row) {
    verdicts.put(fault, row);
  }

  /** Whether bulkdl was never wrong. */
  boolean isGood() {
    return verdicts.values().stream()
        .flatMap(row -> row.entrySet().stream())
        .filter(entry -> entry.getKey().isBulkdl())
        .allMatch(entry -> entry.getValue().isFair());
  }

  /**
   * @param measured when, and with which bulkdl
   */
  List<String> lines(String measured) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(measured);
    lines.add("");
    for (Contender contender : contenders) {
      lines.add("- " + contender.name() + ": " + contender.versionLine());
    }
    lines.add("");
    lines.add(row("", "right is", Contender::name));
    lines.add("|" + "---|".repeat(contenders.size() + 2));
    String group = "";
    for (Map.Entry<FaultCase, Map<Contender, Verdict>> each : verdicts.entrySet()) {
      FaultCase fault = each.getKey();
      if (!fault.group().equals(group)) {
        group = fault.group();
        lines.add(row("**" + group + "**", "", contender -> ""));
      }
      String title = fault.title() + (fault.resumed() ? " ↻" : "");
      lines.add(row(title, fault.expectation(), contender -> each.getValue().get(contender).text));
    }
    int all = verdicts.size();
    lines.add(row("**right, or an honest error**", "of " + all, of(Verdict::isFair)));
    lines.add(row("right", "", of(verdict -> verdict == Verdict.RIGHT)));
    lines.add(row("error", "", of(verdict -> verdict == Verdict.ERROR)));
    lines.add(row("**wrong bytes, exit 0**", "", of(verdict -> verdict == Verdict.WRONG)));
    lines.add(row("**no file, exit 0**", "", of(verdict -> verdict == Verdict.MISSING)));
    lines.add(row("endless", "", of(verdict -> verdict == Verdict.ENDLESS)));
    return lines;
  }

  private java.util.function.Function<Contender, String> of(Predicate<Verdict> which) {
    return contender ->
        String.valueOf(
            verdicts.values().stream().map(row -> row.get(contender)).filter(which).count());
  }

  private String row(
      String first, String second, java.util.function.Function<Contender, String> cell) {
    return contenders.stream()
        .map(cell)
        .collect(Collectors.joining(" | ", "| " + first + " | " + second + " | ", " |"));
  }
}
