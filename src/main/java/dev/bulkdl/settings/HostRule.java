package dev.bulkdl.settings;

import dev.bulkdl.model.HostScope;
import dev.bulkdl.model.RateTable;
import dev.bulkdl.model.RequestRate;
import dev.bulkdl.text.CountText;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What holds for the hosts of one operator. They share each number, because an operator counts all
 * its hosts together.
 *
 * @param hosts at least one; ports are ignored
 * @param connections the largest number of connections, at least 1
 * @param requests the starts of requests
 * @param rate the bytes a second of all connections
 * @param forbiddenIsRefusal whether 403 means what 429 means elsewhere
 */
public record HostRule(
    List<HostScope> hosts,
    Optional<Value<Integer>> connections,
    Optional<Value<RequestRate>> requests,
    Optional<Value<RateTable>> rate,
    Optional<Value<Boolean>> forbiddenIsRefusal) {

  /** The names of the values, in the order in which they are shown. */
  public static final List<String> KEYS =
      List.of("connections", "requests", "rate", "forbidden-is-refusal");

  /**
   * A value of a rule.
   *
   * @param source where it comes from, for people
   */
  public record Value<T>(T value, String source) {}

  public HostRule {
    hosts = List.copyOf(hosts);
  }

  /** Returns a rule for these hosts without any values. */
  public static HostRule of(List<HostScope> hosts) {
    return new HostRule(
        hosts, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * Reads the hosts of a rule: names, addresses, or {@code *.DOMAIN} for all names below a domain.
   *
   * @throws IllegalArgumentException when one is none of these; the message shows a right one
   */
  public static HostRule of(String... hosts) {
    return of(List.of(hosts).stream().map(HostRule::scope).toList());
  }

  private static HostScope scope(String text) {
    HostScope scope;
    try {
      scope = HostScope.parse(text);
    } catch (IllegalArgumentException e) {
      throw refused("\"" + text + "\" is no host", "\"example.org\" or \"*.example.org\"");
    }
    if (scope.port().isPresent()) {
      throw refused(
          "\"" + text + "\" has a port, and a rule holds for all ports", "\"example.org\"");
    }
    return scope;
  }

  /**
   * Returns this rule with one value more, or in place of the one before.
   *
   * @param key one of {@link #KEYS}
   * @throws IllegalArgumentException when the text is no value of the key; the message shows a
   *     right one
   */
  public HostRule with(String key, String text, String source) {
    return switch (key) {
      case "connections" -> withConnections(connections(text), source);
      case "requests" -> withRequests(requests(text), source);
      case "rate" -> withRate(rate(text), source);
      case "forbidden-is-refusal" -> withForbiddenIsRefusal(flag(text), source);
      default -> throw new IllegalArgumentException("no key " + key);
    };
  }

  private static int connections(String text) {
    try {
      return CountText.parse(text);
    } catch (IllegalArgumentException e) {
      throw refused("connections = " + e.getMessage(), "connections = 5");
    }
  }

  private static RequestRate requests(String text) {
    try {
      return RequestRate.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("requests = " + e.getMessage(), e);
    }
  }

  private static RateTable rate(String text) {
    try {
      return RateTable.parse(text, ZoneId.systemDefault());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("rate = " + e.getMessage(), e);
    }
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw refused(
              "forbidden-is-refusal = '" + text + "' is neither true nor false",
              "forbidden-is-refusal = true");
    };
  }

  private static IllegalArgumentException refused(String what, String example) {
    return new IllegalArgumentException(what + "; write for example " + example);
  }

  HostRule withConnections(int most, String source) {
    return new HostRule(
        hosts, Optional.of(new Value<>(most, source)), requests, rate, forbiddenIsRefusal);
  }

  private HostRule withRequests(RequestRate most, String source) {
    return new HostRule(
        hosts, connections, Optional.of(new Value<>(most, source)), rate, forbiddenIsRefusal);
  }

  private HostRule withRate(RateTable table, String source) {
    return new HostRule(
        hosts, connections, requests, Optional.of(new Value<>(table, source)), forbiddenIsRefusal);
  }

  HostRule withForbiddenIsRefusal(boolean is, String source) {
    return new HostRule(hosts, connections, requests, rate, Optional.of(new Value<>(is, source)));
  }

  /** Returns the same rule with the times of its rate in another zone. */
  HostRule in(ZoneId zone) {
    return new HostRule(
        hosts,
        connections,
        requests,
        rate.map(table -> new Value<>(table.value().in(zone), table.source())),
        forbiddenIsRefusal);
  }

  /** Returns a value, as a text that {@link #with} reads; empty without one. */
  public Optional<Value<String>> text(String key) {
    Optional<? extends Value<?>> value =
        switch (key) {
          case "connections" -> connections;
          case "requests" -> requests;
          case "rate" -> rate;
          case "forbidden-is-refusal" -> forbiddenIsRefusal;
          default -> Optional.empty();
        };
    return value.map(found -> new Value<>(found.value().toString(), found.source()));
  }

  /** Returns the hosts as a section of the configuration file names them. */
  public String name() {
    return hosts.stream().map(host -> "\"" + host + "\"").collect(Collectors.joining(" "));
  }
}
