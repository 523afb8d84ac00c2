package dev.bulkdl.cli;

import dev.bulkdl.settings.HostRule;
import dev.bulkdl.settings.HostRule.Value;
import dev.bulkdl.settings.HostRules;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows the rules for hosts as the sections of a configuration file, each value with its source.
 */
final class HostRuleText {

  private HostRuleText() {}

  static List<String> of(HostRules rules) {
    List<String> lines = new ArrayList<>();
    for (HostRule rule : rules.all()) {
      boolean isShipped = rules.shipped().contains(rule);
      lines.add("");
      lines.add("[host " + rule.name() + "]");
      for (String key : HostRule.KEYS) {
        rule.text(key)
            .map(value -> row(key, value, isShipped ? shipped(rules, rule, key) : value.source()))
            .ifPresent(lines::add);
      }
    }
    return lines;
  }

  private static String row(String key, Value<String> value, String source) {
    return "%-20s  %-8s  %s".formatted(key, value.value(), source);
  }

  private static String shipped(HostRules rules, HostRule rule, String key) {
    return rules
        .replacing(rule, key)
        .map(own -> "built in, replaced by " + own)
        .orElseGet(() -> "built in: " + rule.text(key).map(Value::source).orElse(""));
  }
}
