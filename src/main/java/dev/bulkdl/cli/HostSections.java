package dev.bulkdl.cli;

import dev.bulkdl.model.HostScope;
import dev.bulkdl.settings.HostRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the sections {@code [host "PATTERN"]} of a configuration file, line by line. A section can
 * name several hosts. Messages are for the user.
 */
final class HostSections {

  private static final Pattern HEAD = Pattern.compile("\\[host(\\s+\"[^\"]*\")+\\s*]");
  private static final Pattern HOST = Pattern.compile("\"([^\"]*)\"");

  private final Path file;
  private final List<HostRule> rules = new ArrayList<>();

  /** The line of each host's section. */
  private final Map<HostScope, Integer> seen = new HashMap<>();

  HostSections(Path file) {
    this.file = file;
  }

  /** Whether a section has begun. */
  boolean hasBegun() {
    return !rules.isEmpty();
  }

  List<HostRule> rules() {
    return List.copyOf(rules);
  }

  /**
   * Begins a section.
   *
   * @throws IllegalArgumentException when the line is no head of a section, or names a host again
   */
  void begin(String head, int line) {
    if (!HEAD.matcher(head).matches()) {
      throw new IllegalArgumentException(
          "the only sections are for hosts; write for example [host \"*.example.org\"]");
    }
    List<String> hosts = new ArrayList<>();
    for (Matcher host = HOST.matcher(head); host.find(); ) {
      hosts.add(host.group(1));
    }
    HostRule rule = HostRule.of(hosts.toArray(String[]::new));
    for (HostScope host : rule.hosts()) {
      Integer before = seen.putIfAbsent(host, line);
      if (before != null) {
        throw new IllegalArgumentException(
            "\"" + host + "\" has its section in line " + before + "; write all its keys there");
      }
    }
    rules.add(rule);
  }

  /**
   * Adds a line of the section that was begun last.
   *
   * @throws IllegalArgumentException when the key is unknown or the value is wrong
   */
  void add(String key, String value, int line) {
    if (!HostRule.KEYS.contains(key)) {
      throw new IllegalArgumentException(unknown(key));
    }
    rules.addLast(rules.removeLast().with(key, value, file + ":" + line));
  }

  private static String unknown(String key) {
    return "no key "
        + key
        + " in a section for hosts; "
        + Suggestion.closest(key, HostRule.KEYS)
            .map(meant -> "did you mean " + meant + "?")
            .orElse(
                "there are "
                    + String.join(", ", HostRule.KEYS)
                    + "; options stand above the first section");
  }
}
