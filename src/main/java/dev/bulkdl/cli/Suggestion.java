package dev.bulkdl.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the name that the user probably meant. Pure. */
final class Suggestion {

  /** Options of curl, wget, aria2 and rclone, and what does the same here. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("--user-agent", "--header 'User-Agent: NAME'"),
          Map.entry("--proxy", "--http-proxy or --https-proxy"),
          Map.entry("--all-proxy", "--http-proxy or --https-proxy"),
          Map.entry("--max-concurrent-downloads", "--max-files"),
          Map.entry("--parallel-max", "--max-files"),
          Map.entry("--transfers", "--max-files"),
          Map.entry("--jobs", "--max-files"),
          Map.entry("--max-threads", "--max-connections"),
          Map.entry("--max-connection-per-server", "--max-per-host"),
          Map.entry("--split", "--segments"),
          Map.entry("--min-split-size", "--segment-min"),
          Map.entry("--continue", "--continue-existing"),
          Map.entry("--directory-prefix", "--output-dir"),
          Map.entry("--dir", "--output-dir"),
          Map.entry("--tries", "--retries"),
          Map.entry("--max-tries", "--retries"),
          Map.entry("--retry", "--retries"),
          Map.entry("--retry-wait", "--retry-delay"),
          Map.entry("--timeout", "--idle-timeout or --response-timeout"),
          Map.entry("--lowest-speed-limit", "--min-speed"),
          Map.entry("--no-check-certificate", "--insecure"),
          Map.entry("--ca-certificate", "--cacert"),
          Map.entry("--silent", "--quiet"),
          Map.entry("--dry-run", "bulkdl plan"),
          Map.entry("--input-file", "bulkdl LIST, without an option"),
          Map.entry("-i", "bulkdl LIST, without an option"),
          Map.entry("-o", "--output-dir"),
          Map.entry("-P", "--output-dir"),
          Map.entry("-x", "--max-per-host"),
          Map.entry("-H", "--header"),
          Map.entry("-k", "--insecure"));

  private Suggestion() {}

  /** Returns the option, or the text, that replaces an unknown option. */
  static Optional<String> forOption(String unknown, Collection<String> options) {
    Optional<String> elsewhere = Optional.ofNullable(ELSEWHERE.get(unknown));
    return elsewhere.isPresent() || unknown.length() < 3
        ? elsewhere
        : closest(unknown, options.stream().filter(option -> option.startsWith("--")).toList());
  }

  /** Returns the candidate that is most similar, if one is similar enough. */
  static Optional<String> closest(String unknown, Collection<String> candidates) {
    String wanted = plain(unknown);
    Stream<String> similar =
        candidates.stream().filter(candidate -> isSimilar(wanted, plain(candidate)));
    return similar.min(Comparator.comparingInt(candidate -> distance(wanted, plain(candidate))));
  }

  private static boolean isSimilar(String wanted, String candidate) {
    int most = Math.max(1, Math.min(wanted.length(), candidate.length()) / 4);
    return wanted.length() > 1
        && (distance(wanted, candidate) <= most
            || (wanted.length() > 3 && candidate.startsWith(wanted)));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  /** Returns the number of characters to insert, delete, replace or swap with a neighbour. */
  static int distance(String one, String other) {
    int[][] cost = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, one, other, i, j);
      }
    }
    return cost[one.length()][other.length()];
  }

  private static int cheapest(int[][] cost, String one, String other, int i, int j) {
    boolean same = one.charAt(i - 1) == other.charAt(j - 1);
    int least = cost[i - 1][j - 1] + (same ? 0 : 1);
    least = Math.min(least, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
