package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulkdl.model.ExistingPolicy;
import dev.bulkdl.model.HostScope;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Proxy;
import dev.bulkdl.model.Rate;
import dev.bulkdl.model.RateTable;
import dev.bulkdl.model.RequestRate;
import dev.bulkdl.model.Schedule;
import dev.bulkdl.model.ScopedHeader;
import dev.bulkdl.model.SyncPolicy;
import dev.bulkdl.report.LogFormat;
import dev.bulkdl.report.RunLog;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.RateLimits;
import dev.bulkdl.settings.RetrySettings;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.settings.Timeouts;
import dev.bulkdl.settings.WriteMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The options of the main command, from the command line and from the environment. */
class EngineOptionsTest {

  private static final Path OUT = Path.of("out");

  @Command
  static final class Options {
    @Mixin EngineOptions engine;
    @Mixin DiskOptions disk;
    @Mixin RecordOptions records;
    @Mixin OutputOptions output;

    Settings settings() {
      return new Settings(
          engine.limits(),
          engine.patience(),
          engine.timeouts(),
          engine.http(),
          disk.settings(disk.outputDir(OUT)),
          records.settings(),
          engine.rates(),
          Schedule.NONE);
    }
  }

  private static CommandLine line(Map<String, String> environment) {
    CommandLine line = new CommandLine(new Options());
    Commands.prepare(line, new EnvironmentDefaults(environment));
    return line;
  }

  private static Options options(Map<String, String> environment, String... arguments) {
    CommandLine line = line(environment);
    line.parseArgs(arguments);
    return line.getCommand();
  }

  private static Settings settings(String... arguments) {
    return options(Map.of(), arguments).settings();
  }

  @Test
  void hasTheDefaultsOfTheContract() {
    assertThat(settings()).isEqualTo(Settings.in(OUT));
    assertThat(settings().limits())
        .isEqualTo(new Limits(256, 128, 64, 64, 1 << 20).withAdaptive(true));
    Options options = options(Map.of());
    assertThat(options.output.quiet()).isFalse();
    assertThat(options.output.json()).isFalse();
    assertThat(options.output.outputs().logFile()).isEmpty();
    assertThat(options.output.outputs().logStyle())
        .isEqualTo(new RunLog.Style(LogFormat.TEXT, false, 64L << 20));
  }

  @Test
  void ratesAreReadInTheirZone() {
    RateLimits rates =
        settings(
                "--limit-rate=Mon-08:00,512K 19:00,off",
                "--limit-rate-per-host=2M",
                "--limit-rate-per-connection=off",
                "--requests-per-second=24/m",
                "--time-zone=Asia/Tokyo")
            .rates();
    assertThat(rates.total())
        .isEqualTo(RateTable.parse("Mon-08:00,512K 19:00,off", ZoneId.of("Asia/Tokyo")));
    assertThat(rates.perHost()).isEqualTo(RateTable.always(Rate.of(2 << 20)));
    assertThat(rates.perConnection()).isEqualTo(RateTable.UNLIMITED);
    assertThat(rates.requests()).isEqualTo(new RequestRate(24, Duration.ofMinutes(1)));
  }

  /** The numbers that are not given are those that are good to hold. */
  @Test
  void withoutMeasuringTheUsualNumbersAreHeld() {
    assertThat(settings("--adaptive", "off", "-j", "7").limits())
        .isEqualTo(new Limits(7, 64, 16, 4, 16L << 20));
  }

  @Test
  void theCommandLineSetsEverything() {
    Settings settings =
        settings(
            "--adaptive=off -j=1 -c=2 --max-per-host=3 -s=5 --segment-min=6K --retries=7 --retry-delay=8s"
                .concat(" --retry-max-delay=9m --connect-timeout=10ms --response-timeout=11s")
                .concat(" --idle-timeout=12s --min-speed=13K --min-speed-window=14s")
                .concat(" --probe-url=http://p/ --insecure -d=else")
                .concat(" --temp-dir=tmp --overwrite --continue-existing --verify-existing")
                .concat(
                    " --trust-size --if-modified --sync=always --no-preallocate --direct=always")
                .split(" "));
    assertThat(settings.limits()).isEqualTo(new Limits(1, 2, 3, 5, 6 << 10));
    assertThat(settings.patience())
        .isEqualTo(
            new RetrySettings(
                7,
                Duration.ofSeconds(8),
                Duration.ofMinutes(9),
                Optional.of(URI.create("http://p/"))));
    assertThat(settings.timeouts())
        .isEqualTo(
            new Timeouts(
                Duration.ofMillis(10),
                Duration.ofSeconds(11),
                Duration.ofSeconds(12),
                OptionalLong.of(13 << 10),
                Duration.ofSeconds(14)));
    assertThat(settings.http()).isEqualTo(new HttpSettings(List.of(), Optional.empty(), true));
    assertThat(settings.disk())
        .isEqualTo(
            new DiskSettings(
                Path.of("else"),
                Optional.of(Path.of("tmp")),
                new ExistingPolicy(true, true, true, true, true),
                SyncPolicy.ALWAYS,
                false,
                WriteMode.DIRECT));
  }

  @Test
  void headersAreRepeatedAndKeptInOrder() {
    assertThat(
            settings("--header", "A: 1", "--header", "B: 2, 3", "--header=A: 4").http().headers())
        .containsExactly(Map.entry("A", "1"), Map.entry("B", "2, 3"), Map.entry("A", "4"));
  }

  private static ScopedHeader scoped(String host, String name, String value) {
    return new ScopedHeader(HostScope.parse(host), name, value);
  }

  @Test
  void headersForHostsAreTwoArgumentsEach() {
    String[] arguments = {
      "--header-for", "a.org:81", "X-Key: k:1 ", "--header-for=*.B.org", "Cookie: c", "-j", "3"
    };
    assertThat(settings(arguments).http().scopes().headers())
        .containsExactly(scoped("a.org:81", "X-Key", "k:1"), scoped("*.b.org", "Cookie", "c"));
    assertThat(settings(arguments).limits().maxFiles()).isEqualTo(3);
  }

  /** In the environment, one variable holds all headers. */
  @Test
  void headersForHostsAreLinesInTheEnvironment() {
    String lines = "a.org X-Key: $k\r\n\n  *.b.org\tCookie: c d\n";
    assertThat(options(Map.of("BULKDL_HEADER_FOR", lines)).engine.http().scopes().headers())
        .containsExactly(scoped("a.org", "X-Key", "$k"), scoped("*.b.org", "Cookie", "c d"));
    assertThat(
            options(Map.of("BULKDL_HEADER_FOR", "a.org X-Key: k")).engine.http().scopes().headers())
        .containsExactly(scoped("a.org", "X-Key", "k"));
    assertThat(
            options(Map.of("BULKDL_HEADER_FOR", lines), "--header-for", "c", "X: y")
                .engine
                .http()
                .scopes()
                .headers())
        .containsExactly(scoped("c", "X", "y"));
  }

  /** F12: a line end in an argument split it into two headers. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "A: s3cret\nB: s3cret",
        "A: s3cret\r\nB: s3cret",
        "A: s3cret\rB: s3cret",
        "A: s3cret\n",
        "A: s3cret\n B",
        "\nA: s3cret",
        "A\n: s3cret",
        "A: s3cret\u0085",
      })
  void aHeaderIsOneLine(String header) {
    List<String[]> wrong =
        List.of(
            new String[] {"--header", header},
            new String[] {"--header=" + header},
            new String[] {"--header-for", "a.org", header},
            new String[] {"--header-for", "a.org " + header});
    for (String[] arguments : wrong) {
      assertThatExceptionOfType(ParameterException.class)
          .isThrownBy(() -> settings(arguments))
          .withMessageContaining("--header")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret").hasLineCount(1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--header-for",
        "--header-for|",
        "--header-for|a.org",
        "--header-for|s3cret.org|-j|3",
        "--header-for||X-Key: s3cret",
        "--header-for|X-Key: s3cret|a.org",
        "--header-for|X-Key:s3cret|a.org",
        "--header-for=X-Key: s3cret",
        "--header-for|https://a.org|X-Key: s3cret",
        "--header-for|a.org|s3cret",
        "--header-for|a.org|X Key: s3cret",
        "--header-for|a.org|X-Key:",
        "--header-for|a.org|Authorization:|Bearer s3cret",
        "--header-for|a.org|Authorization: Bearer|s3cret",
        "--header|Authorization:|s3cret",
        "--header|Authorization: bearer|s3cret",
      })
  void aWrongHeaderForAHostIsToldWithoutIt(String arguments) {
    assertThatExceptionOfType(ParameterException.class)
        .isThrownBy(() -> settings(arguments.split("\\|", -1)))
        .withMessageContaining("--header")
        .withMessageContaining("'X-Token: abc'")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  @Test
  void theEnvironmentSetsWhatTheCommandLineDoesNot() {
    Map<String, String> environment =
        Map.of(
            "BULKDL_MAX_FILES", "5",
            "BULKDL_SEGMENT_MIN", "1M",
            "BULKDL_RETRY_DELAY", "7s",
            "BULKDL_OVERWRITE", "true",
            "BULKDL_SYNC", "never",
            "BULKDL_OUTPUT_DIR", "there",
            "BULKDL_HEADER", "A: 1\nB: 2");
    Settings settings = options(environment, "--max-files", "6").settings();
    assertThat(settings.limits())
        .isEqualTo(Limits.DEFAULTS.withMaxFiles(6).withSegments(64, 1 << 20));
    assertThat(settings.patience().delay()).isEqualTo(Duration.ofSeconds(7));
    assertThat(settings.disk().existing().overwrite()).isTrue();
    assertThat(settings.disk().sync()).isEqualTo(SyncPolicy.NEVER);
    assertThat(settings.disk().outputDir()).isEqualTo(Path.of("there"));
    assertThat(settings.http().headers()).containsExactly(Map.entry("A", "1"), Map.entry("B", "2"));
  }

  @Test
  void anEmptyVariableIsNone() {
    Settings settings = options(Map.of("BULKDL_MAX_FILES", " ", "BULKDL_PROBE_URL", "")).settings();
    assertThat(settings).isEqualTo(Settings.in(OUT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "FALSE"})
  void aFlagInTheEnvironmentMayBeOff(String no) {
    assertThat(options(Map.of("BULKDL_OVERWRITE", no)).settings()).isEqualTo(Settings.in(OUT));
  }

  @ParameterizedTest
  @CsvSource({
    "--max-files, BULKDL_MAX_FILES",
    "--output-dir, BULKDL_OUTPUT_DIR",
    "--json, BULKDL_JSON",
    "--no-board, BULKDL_NO_BOARD",
    "--min-speed-window, BULKDL_MIN_SPEED_WINDOW",
  })
  void aVariableIsNamedAfterItsOption(String option, String variable) {
    OptionSpec spec = line(Map.of()).getCommandSpec().findOption(option);
    assertThat(EnvironmentDefaults.variable(spec)).isEqualTo(variable);
  }

  @Test
  void tellsWhichValueTheEnvironmentGave() {
    EnvironmentDefaults defaults = new EnvironmentDefaults(Map.of("BULKDL_MAX_FILES", "x"));
    OptionSpec spec = line(Map.of()).getCommandSpec().findOption("-j");
    assertThat(defaults.source(spec, "x"))
        .contains(new EnvironmentDefaults.Given("x", "BULKDL_MAX_FILES", true));
    assertThat(defaults.source(spec, "y")).isEmpty();
    assertThat(defaults.source(spec, null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--max-files=0, --max-files, '0'",
    "--segment-min=x, --segment-min, 'x'",
    "--limit-rate=fast, --limit-rate, 'fast'",
    "--limit-rate=1M:2M, --limit-rate, '1M:2M'",
    "--requests-per-second=many, --requests-per-second, 'many'",
    "--time-zone=Mars, --time-zone, 'Mars'",
    "--retry-delay=5x, --retry-delay, '5x'",
    "--sync=maybe, --sync, 'maybe'",
  })
  void aWrongValueNamesTheOptionAndTheValue(String argument, String option, String value) {
    assertThatExceptionOfType(ParameterException.class)
        .isThrownBy(() -> settings(argument))
        .withMessageContaining(option)
        .withMessageContaining(value);
  }

  private static String proxyFor(Map<String, String> environment, String uri, String... arguments) {
    return options(environment, arguments)
        .settings()
        .http()
        .proxies()
        .to(Origin.of(URI.create(uri)))
        .map(Proxy::toString)
        .orElse("none");
  }

  @ParameterizedTest
  @CsvSource({
    "http_proxy, http://x/, http://p:80",
    "http_proxy, https://x/, none",
    "HTTP_PROXY, http://x/, none",
    "https_proxy, https://x/, http://p:80",
    "HTTPS_PROXY, https://x/, http://p:80",
    "all_proxy, http://x/, http://p:80",
    "ALL_PROXY, https://x/, http://p:80",
    "BULKDL_HTTP_PROXY, http://x/, http://p:80",
  })
  void proxiesComeFromTheVariablesThatOthersReadToo(String variable, String uri, String proxy) {
    assertThat(proxyFor(Map.of(variable, "http://p"), uri)).isEqualTo(proxy);
    assertThat(proxyFor(Map.of(variable, "http://p", "no_proxy", "x"), uri)).isEqualTo("none");
    assertThat(proxyFor(Map.of(variable, "http://p", "NO_PROXY", "*"), uri)).isEqualTo("none");
  }

  @Test
  void aProxyOnTheCommandLineWins() {
    Map<String, String> environment = Map.of("http_proxy", "http://p", "no_proxy", "x");
    assertThat(proxyFor(environment, "http://x/", "--http-proxy", "q:3128", "--no-proxy", ""))
        .isEqualTo("http://q:3128");
  }

  @Test
  void aWrongProxyIsToldWithoutItsPassword() {
    assertThatExceptionOfType(ParameterException.class)
        .isThrownBy(() -> options(Map.of(), "--http-proxy", "socks5://me:s3cret@p"))
        .withMessageContaining("--http-proxy")
        .withMessageContaining("http://proxy.example:3128")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  /** A hook command may start another bulkdl. */
  @Test
  void noOptionIsReadFromTheVariablesOfAResult() {
    assertThat(line(Map.of()).getCommandSpec().options())
        .extracting(EnvironmentDefaults::variable)
        .contains("BULKDL_ON_FILE")
        .noneMatch(variable -> variable.startsWith("BULKDL_RESULT_"));
  }

  @Test
  void whatTheEnvironmentGivesIsTakenAsItIs() {
    String value = "${HOME} $${user.home} ${} $x ${DEFAULT-VALUE}";
    assertThat(options(Map.of("BULKDL_HEADER", "X: " + value)).engine.http().headers())
        .containsExactly(Map.entry("X", value));
  }
}
