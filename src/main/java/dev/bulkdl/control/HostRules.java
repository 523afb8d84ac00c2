package dev.bulkdl.control;

import dev.bulkdl.model.Origin;
import java.util.List;
import java.util.Optional;

/**
 * The largest numbers of connections that well-known hosts bear. Hosts of one rule share its
 * number, because such an operator counts all its hosts together.
 *
 * @param rules the first that matches counts
 */
record HostRules(List<HostRule> rules) {

  /**
   * A rule for the hosts of one operator.
   *
   * @param domain a host; the rule holds for it and all hosts below it
   * @param connections the largest number of connections, at least 1
   * @param forbidden whether the operator answers 403 where others answer 429
   * @param source where the number comes from
   */
  record HostRule(String domain, int connections, boolean forbidden, String source) {

    private boolean matches(String host) {
      int before = host.length() - domain.length() - 1;
      return host.endsWith(domain) && (before < 0 || host.charAt(before) == '.');
    }

    /** The one key for all hosts of the rule. */
    private Origin group() {
      return new Origin("", domain, 0);
    }
  }

  /** What operators ask for, or what their servers were seen to bear. */
  static final HostRules KNOWN =
      new HostRules(
          List.of(
              new HostRule("archive.org", 5, false, "50 connections got an address refused"),
              new HostRule("data.commoncrawl.org", 10, true, "more answers 403; its own client"),
              new HostRule("zenodo.org", 2, false, "4 connections were blocked"),
              new HostRule("dataspace.copernicus.eu", 4, false, "its quota for each user"),
              new HostRule("wikimedia.org", 4, false, "its rule for robots")));

  HostRules {
    rules = List.copyOf(rules);
  }

  /** Returns the rule for this origin. Called for each buffer, so it is quick. */
  Optional<HostRule> of(Origin origin) {
    for (HostRule rule : rules) {
      if (rule.matches(origin.host())) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  /** Returns the key under which the connections to this origin are counted. */
  Origin key(Origin origin) {
    return of(origin).map(HostRule::group).orElse(origin);
  }

  /** Returns the largest number of connections for a key; very many if no rule is known. */
  int connections(Origin key) {
    return of(key).map(HostRule::connections).orElse(Integer.MAX_VALUE);
  }
}
