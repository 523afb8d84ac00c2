package dev.bulkdl.cli;

import java.lang.reflect.Member;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;

/** The sections of {@code --help}, in their order, each with the options that are named here. */
enum HelpSection {
  FILES(
      "Files",
      "--output",
      "--output-dir",
      "--temp-dir",
      "--overwrite",
      "--continue-existing",
      "--verify-existing",
      "--trust-size",
      "--if-modified",
      "--hash",
      "--no-remote-time",
      "--no-xattr",
      "--max-file-size",
      "--skip-bad-rows"),
  SPEED(
      "Speed",
      "--adaptive",
      "--max-files",
      "--max-connections",
      "--max-per-host",
      "--segments",
      "--segment-min",
      "--order"),
  LIMITS(
      "Limits",
      "--limit-rate",
      "--limit-rate-per-host",
      "--limit-rate-per-connection",
      "--requests-per-second",
      "--time-zone"),
  SCHEDULE(
      "Schedule",
      "--start-at",
      "--window",
      "--max-time",
      "--max-bytes",
      "--min-free-space",
      "--watch"),
  RETRY(
      "Retries and timeouts",
      "--retries",
      "--retry-delay",
      "--retry-max-delay",
      "--connect-timeout",
      "--response-timeout",
      "--idle-timeout",
      "--min-speed",
      "--min-speed-window",
      "--probe-url"),
  NETWORK("HTTP, TLS and proxies", "--header", "--header-for", "--cacert", "--insecure", "--http2"),
  DISK("Disk", "--sync", "--direct", "--no-preallocate"),
  MEASURE("Measurement"),
  OUTPUT("Output", "--quiet", "--verbose", "--json", "--report"),
  SERVE("Daemon"),
  HOOKS("Commands of your own"),
  GENERAL("General", "--config", "--help", "--version");

  /** Where the options of a class belong that are not named above. */
  private static final Map<Class<?>, HelpSection> OF_CLASS =
      Map.of(
          EngineOptions.class, NETWORK,
          LimitOptions.class, LIMITS,
          ScheduleOptions.class, SCHEDULE,
          ProxyOptions.class, NETWORK,
          OutputOptions.class, OUTPUT,
          MetricsOptions.class, OUTPUT,
          GeneralOptions.class, GENERAL,
          HookOptions.class, HOOKS,
          BenchOptions.class, MEASURE,
          ServeOptions.class, SERVE);

  private static final Set<String> WITHOUT_CONTENT =
      Set.of(
          "--segments",
          "--segment-min",
          "--limit-rate",
          "--limit-rate-per-host",
          "--limit-rate-per-connection",
          "--start-at",
          "--window",
          "--max-time",
          "--max-bytes",
          "--min-free-space",
          "--min-speed",
          "--min-speed-window",
          "--sync",
          "--direct",
          "--no-preallocate",
          "--hash",
          "--no-remote-time",
          "--no-board",
          "--log-file",
          "--log-format",
          "--log-max-size",
          "--progress-interval",
          "--metrics-port",
          "--metrics-address",
          "--metrics-file",
          "--on-file",
          "--on-complete");

  private static final Set<String> WITHOUT_NETWORK =
      Set.of(
          "--header",
          "--header-for",
          "--cacert",
          "--insecure",
          "--http2",
          "--http-proxy",
          "--https-proxy",
          "--no-proxy",
          "--probe-url",
          "--max-file-size",
          "--trust-size");

  /**
   * The options that a command takes but that change nothing there. They are not shown. {@code
   * plan} takes them so that the options of a run need not be edited.
   */
  private static final Map<String, Set<String>> POINTLESS =
      Map.of("plan", WITHOUT_CONTENT, "demo", WITHOUT_NETWORK);

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> options;

  HelpSection(String title, String... options) {
    this.title = title;
    this.options = List.of(options);
  }

  String title() {
    return title;
  }

  /** Returns the place of an option in this section. Options that it does not name come last. */
  int position(OptionSpec option) {
    int named = options.indexOf(option.longestName());
    return named < 0 ? options.size() : named;
  }

  /** Returns the section of an option. */
  static HelpSection of(OptionSpec option) {
    for (HelpSection section : values()) {
      if (section.options.contains(option.longestName())) {
        return section;
      }
    }
    return option.userObject() instanceof Member member
        ? Optional.ofNullable(OF_CLASS.get(member.getDeclaringClass())).orElse(FILES)
        : FILES;
  }

  /** Returns true if help and completion of the command show the option. */
  static boolean isShown(OptionSpec option, String command) {
    return !option.hidden()
        && !POINTLESS.getOrDefault(command, Set.of()).contains(option.longestName());
  }
}
