package dev.bulkdl.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.LinkSimulator.Client;
import dev.bulkdl.control.LinkSimulator.Link;
import dev.bulkdl.control.LinkSimulator.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Our rule beside those of other programs, on the same simulated links. With -Dadaptive.write=true
 * it writes the table of docs/adaptive.md.
 */
class RuleComparisonTest {

  private static final Path PAGE = Path.of("docs/adaptive.md");
  private static final String BEGIN = "<!-- table of rules -->\n";
  private static final String END = "<!-- end of table -->\n";
  private static final double MIB = 1 << 20;
  private static final int CEILING = 64;
  private static final double SECONDS = 60;

  private static final Map<String, IntFunction<Concurrency>> RULES = new LinkedHashMap<>();

  static {
    RULES.put("bulkdl", Concurrency::ours);
    RULES.put("goodput in epochs (Falcon)", KnownRules.Epochs::new);
    RULES.put("doubling (gopeed)", KnownRules.Doubling::new);
    RULES.put("health (hf-xet)", KnownRules.Health::new);
    RULES.put("target rate (AWS CRT)", ceiling -> new Fixed(25)); // 10 Gbit/s
    RULES.put("gradient (Gradient2)", KnownRules.Gradient::new);
    RULES.put("queue (Vegas)", KnownRules.Vegas::new);
    RULES.put("fixed 4", ceiling -> new Fixed(4));
    RULES.put("fixed 16", ceiling -> new Fixed(16));
    RULES.put("fixed 64", Fixed::new);
  }

  private record Case(String name, Link link, Supplier<Load> load) {}

  private static List<Case> cases() {
    Supplier<Load> large = Load::large;
    Supplier<Load> small = () -> Load.files(20_000);
    return List.of(
        new Case("far, large", link(0.1, 6, 120), large),
        new Case("far, mixed", link(0.08, 6, 100), () -> Load.mixed(1.2 * MIB, 5)),
        new Case("far, small", link(0.08, 6, 100), small),
        new Case("home", link(0.03, 2, 2), large),
        new Case("satellite", link(0.6, 2, 10), large),
        new Case("knee at 8", link(0.05, 10, 100).withKnee(8, 0.05), large),
        new Case("429 above 6", link(0.06, 6, 200).refusingAbove(6), large),
        new Case("429 above 20", link(0.06, 6, 200).refusingAbove(20), large));
  }

  private static Link link(double roundTrip, double each, double all) {
    return Link.of("", roundTrip, each * MIB, all * MIB);
  }

  /**
   * What a rule reached.
   *
   * @param share of the work of the best rule in this case
   */
  private record Cell(double share, int most, int refusals) {}

  private static Client run(Case scenario, IntFunction<Concurrency> rule) {
    LinkSimulator simulator = new LinkSimulator(scenario.link);
    Client client = simulator.add(rule.apply(CEILING), scenario.load.get());
    simulator.runUntil(SECONDS);
    return client;
  }

  @Test
  void noOtherRuleIsGoodEverywhere() throws IOException {
    Map<String, List<Cell>> table = new LinkedHashMap<>();
    RULES.keySet().forEach(name -> table.put(name, new ArrayList<>()));
    for (Case scenario : cases()) {
      Map<String, Client> clients = new LinkedHashMap<>();
      RULES.forEach((name, rule) -> clients.put(name, run(scenario, rule)));
      double best = clients.values().stream().mapToDouble(Client::work).max().orElseThrow();
      clients.forEach(
          (name, client) ->
              table
                  .get(name)
                  .add(new Cell(client.work() / best, client.most(), client.refusals())));
    }
    if (Boolean.getBoolean("adaptive.write")) {
      write(table);
    }
    double ours = worst(table.get("bulkdl"));
    assertThat(ours).isGreaterThan(0.8);
    RULES.keySet().stream()
        .filter(name -> !name.equals("bulkdl"))
        .forEach(name -> assertThat(worst(table.get(name))).as(name).isLessThan(ours));
  }

  private static double worst(List<Cell> cells) {
    return cells.stream().mapToDouble(Cell::share).min().orElseThrow();
  }

  private static void write(Map<String, List<Cell>> table) throws IOException {
    StringBuilder text = new StringBuilder("| rule |");
    cases().forEach(scenario -> text.append(' ').append(scenario.name).append(" |"));
    text.append(" refusals |\n|---|").append("---|".repeat(cases().size() + 1)).append('\n');
    table.forEach(
        (name, cells) -> {
          text.append("| ").append(name).append(" |");
          cells.forEach(
              cell ->
                  text.append(String.format(Locale.ROOT, " %.2f (%d) |", cell.share, cell.most)));
          int refusals = cells.stream().mapToInt(Cell::refusals).sum();
          text.append(' ').append(refusals).append(" |\n");
        });
    String page = Files.readString(PAGE);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    Files.writeString(PAGE, page.substring(0, from) + text + page.substring(page.indexOf(END)));
  }
}
