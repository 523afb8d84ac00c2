package dev.bulkdl.testkit;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict parser of Prometheus's text format 0.0.4. Every sample must follow the help and type of
 * its family, must appear once and in one place, and must have a name and a unit that Prometheus
 * recommends.
 */
public final class MetricsText {
  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\"";
  private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") ([^\n]*\\S[^\n]*)");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "(%s)(?:\\{(%s(?:,%s)*)\\})? (NaN|[+-]Inf|-?[0-9.]+(?:E-?[0-9]+)?)"
              .formatted(NAME, LABEL, LABEL));
  private static final Pattern UPPER_BOUND = Pattern.compile("le=\"([^\"]+)\"");
  private static final Set<String> NOT_BASE_UNITS =
      Set.of("millis", "milliseconds", "ms", "minutes", "hours", "kilobytes", "mib", "percent");

  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, Double> samples = new LinkedHashMap<>();
  private String family = "";
  private boolean typed;

  private MetricsText() {}

  /** Parses the text, or fails with the first wrong line. */
  public static MetricsText parse(String text) {
    MetricsText parsed = new MetricsText();
    require(text.endsWith("\n"), "the last line has no end");
    text.lines().forEach(parsed::take);
    parsed.types.forEach(parsed::checkFamily);
    return parsed;
  }

  /** Returns the value of a sample, by its name and labels as written. */
  public Optional<Double> value(String sample) {
    return Optional.ofNullable(samples.get(sample));
  }

  /** Returns the names of samples with their labels. */
  public Set<String> samples() {
    return samples.keySet();
  }

  /** Returns the type of each family. */
  public Map<String, String> types() {
    return types;
  }

  /** Returns the samples that never decrease: counters, and the counts of histograms. */
  public Map<String, Double> cumulative() {
    return matching(name -> isCumulative(nameOf(name)));
  }

  private void take(String line) {
    Matcher help = HELP.matcher(line);
    Matcher type = TYPE.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (help.matches()) {
      family = help.group(1);
      typed = false;
      require(!types.containsKey(family), "a second family " + family);
    } else if (type.matches()) {
      require(type.group(1).equals(family) && !typed, "a type without its help: " + line);
      types.put(family, type.group(2));
      typed = true;
    } else {
      require(sample.matches() && typed, "no line of the format, or out of place: " + line);
      require(isOf(sample.group(1)), "a sample of another family than " + family + ": " + line);
      add(line.substring(0, line.lastIndexOf(' ')), sample.group(3));
    }
  }

  private boolean isOf(String name) {
    boolean histogram = "histogram".equals(types.get(family));
    List<String> names =
        histogram
            ? List.of(family + "_bucket", family + "_count", family + "_sum")
            : List.of(family);
    return names.contains(name);
  }

  private void add(String sample, String value) {
    double number =
        switch (value) {
          case "+Inf" -> Double.POSITIVE_INFINITY;
          case "-Inf" -> Double.NEGATIVE_INFINITY;
          default -> Double.parseDouble(value);
        };
    require(samples.put(sample, number) == null, "a second " + sample);
  }

  private void checkFamily(String name, String type) {
    Set<String> words = new HashSet<>(List.of(name.split("_", -1)));
    require(words.stream().noneMatch(NOT_BASE_UNITS::contains), "no base unit: " + name);
    require(type.equals("counter") == name.endsWith("_total"), "_total is for counters: " + name);
    require(!type.equals("histogram") || name.endsWith("_seconds"), "without a unit: " + name);
    require(name.startsWith("bulkdl_"), "not ours: " + name);
    if (type.equals("histogram")) {
      checkHistogram(name);
    }
  }

  private void checkHistogram(String name) {
    TreeMap<Double, Double> buckets = new TreeMap<>();
    matching(sample -> sample.startsWith(name + "_bucket{"))
        .forEach((sample, count) -> buckets.put(upperBound(sample), count));
    double before = 0;
    for (double count : buckets.values()) {
      require(count >= before, "buckets that do not add up: " + name + buckets);
      before = count;
    }
    require(buckets.lastKey().isInfinite(), "no +Inf: " + name);
    require(value(name + "_count").equals(Optional.of(before)), "another count: " + name);
    require(value(name + "_sum").isPresent(), "no sum: " + name);
  }

  private static double upperBound(String sample) {
    Matcher bound = UPPER_BOUND.matcher(sample);
    require(bound.find(), "a bucket without a bound: " + sample);
    return bound.group(1).equals("+Inf")
        ? Double.POSITIVE_INFINITY
        : Double.parseDouble(bound.group(1));
  }

  private Map<String, Double> matching(Predicate<String> wanted) {
    Map<String, Double> matching = new LinkedHashMap<>(samples);
    matching.keySet().removeIf(wanted.negate());
    return matching;
  }

  private static boolean isCumulative(String name) {
    return name.endsWith("_total") || name.endsWith("_bucket") || name.endsWith("_count");
  }

  private static String nameOf(String sample) {
    int labels = sample.indexOf('{');
    return labels < 0 ? sample : sample.substring(0, labels);
  }

  private static void require(boolean held, String otherwise) {
    if (!held) {
      throw new AssertionError(otherwise);
    }
  }
}
