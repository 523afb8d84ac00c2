package dev.bulkdl.settings;

import dev.bulkdl.model.HostScope;
import dev.bulkdl.model.RateTable;
import dev.bulkdl.model.RequestRate;
import dev.bulkdl.settings.HostRule.Value;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rules for hosts. Each value of a host is looked up by itself: a rule of the user goes before
 * a shipped one, and among the user's the narrowest that has the value counts.
 *
 * @param given the user's rules
 * @param shipped what operators ask for, or what their servers were seen to bear
 */
public record HostRules(List<HostRule> given, List<HostRule> shipped) {

  public static final HostRules NONE = new HostRules(List.of(), List.of());

  /** The shipped rules only. */
  public static final HostRules SHIPPED =
      new HostRules(
          List.of(),
          List.of(
              domain("archive.org").withConnections(5, "50 connections got an address refused"),
              domain("data.commoncrawl.org")
                  .withConnections(10, "more answers 403; its own client uses 10")
                  .withForbiddenIsRefusal(true, "it answers 403 to too many connections"),
              domain("zenodo.org").withConnections(2, "4 connections were blocked"),
              domain("dataspace.copernicus.eu").withConnections(4, "its quota for each user"),
              domain("wikimedia.org").withConnections(4, "its rule for robots")));

  private static HostRule domain(String name) {
    return HostRule.of(name, "*." + name);
  }

  /**
   * A value, and the hosts that share it.
   *
   * @param group the name of these hosts together
   */
  public record Shared<T>(String group, T value) {}

  public HostRules {
    given = List.copyOf(given);
    shipped = List.copyOf(shipped);
  }

  /** Returns the shipped rules and these of the user. */
  public HostRules with(List<HostRule> users) {
    return new HostRules(users, shipped);
  }

  /** Returns the user's rules only. */
  public HostRules withoutShipped() {
    return new HostRules(given, List.of());
  }

  /** Returns the same rules with the times of their rates in another zone. */
  public HostRules in(ZoneId zone) {
    return new HostRules(given.stream().map(rule -> rule.in(zone)).toList(), shipped);
  }

  /** Returns the largest number of connections. */
  public Optional<Shared<Integer>> connections(String host) {
    return find(host, HostRule::connections);
  }

  /** Returns the limit of requests. */
  public Optional<Shared<RequestRate>> requests(String host) {
    return find(host, HostRule::requests);
  }

  /** Returns the limit of bytes a second. */
  public Optional<Shared<RateTable>> rate(String host) {
    return find(host, HostRule::rate);
  }

  /** Returns whether 403 means what 429 means elsewhere. */
  public boolean isForbiddenRefusal(String host) {
    return find(host, HostRule::forbiddenIsRefusal).map(Shared::value).orElse(false);
  }

  /** Returns whether there is a rule that limits requests. */
  public boolean limitRequests() {
    return all().stream().anyMatch(rule -> rule.requests().isPresent());
  }

  /** Returns whether there is a rule that limits bytes. */
  public boolean limitRate() {
    return all().stream().anyMatch(rule -> rule.rate().isPresent());
  }

  /** Returns all rules, those of the user first. */
  public List<HostRule> all() {
    List<HostRule> all = new ArrayList<>(given);
    all.addAll(shipped);
    return all;
  }

  /**
   * Returns where the value comes from that replaces one of a shipped rule, for all of its hosts.
   *
   * @param key one of {@link HostRule#KEYS}
   */
  public Optional<String> replacing(HostRule rule, String key) {
    return given.stream()
        .filter(own -> rule.hosts().stream().allMatch(host -> isWithin(host, own)))
        .flatMap(own -> own.text(key).stream())
        .map(Value::source)
        .findFirst();
  }

  private static boolean isWithin(HostScope host, HostRule rule) {
    return rule.hosts().stream().anyMatch(wider -> wider.contains(host));
  }

  private <T> Optional<Shared<T>> find(String host, Function<HostRule, Optional<Value<T>>> key) {
    Optional<Shared<T>> own = find(given, host, key);
    return own.isPresent() ? own : find(shipped, host, key);
  }

  private static <T> Optional<Shared<T>> find(
      List<HostRule> rules, String host, Function<HostRule, Optional<Value<T>>> key) {
    record Match<T>(HostScope scope, HostRule rule, T value) {}
    List<Match<T>> matches = new ArrayList<>();
    for (HostRule rule : rules) {
      Optional<Value<T>> value = key.apply(rule);
      for (HostScope scope : rule.hosts()) {
        if (value.isPresent() && scope.coversHost(host)) {
          matches.add(new Match<>(scope, rule, value.get().value()));
        }
      }
    }
    return matches.stream()
        .max(Comparator.comparing(Match::scope, HostScope.BY_NARROWNESS))
        .map(match -> new Shared<>(match.rule().name(), match.value()));
  }
}
