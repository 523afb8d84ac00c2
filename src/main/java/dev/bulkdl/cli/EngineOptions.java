package dev.bulkdl.cli;

import dev.bulkdl.app.Console;
import dev.bulkdl.http.Trust;
import dev.bulkdl.model.ScopedHeader;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.HostRules;
import dev.bulkdl.settings.Http2Mode;
import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.RateLimits;
import dev.bulkdl.settings.RecordSettings;
import dev.bulkdl.settings.RetrySettings;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.settings.Timeouts;
import dev.bulkdl.text.SourceUri;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options for requests: limits, retries, timeouts, headers, certificates and proxies. */
final class EngineOptions {

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--adaptive",
      paramLabel = "on|off",
      converter = OnOff.class,
      description = {
        "Measure how many connections pay, below the limits (${DEFAULT-VALUE}).",
        "off holds the numbers of the limits."
      })
  private OnOff.Switch adaptive = OnOff.Switch.ON;

  @Option(
      names = {"-j", "--max-files"},
      paramLabel = "N",
      converter = Choice.OfCount.class,
      description = "Files in flight at most (256; with --adaptive off 32).")
  private Choice<Integer> maxFiles = Choice.usual(Limits.DEFAULTS.maxFiles());

  @Option(
      names = {"-c", "--max-connections"},
      paramLabel = "N",
      converter = Choice.OfCount.class,
      description = "Connections in flight at most, whole run (128; with --adaptive off 64).")
  private Choice<Integer> maxConnections = Choice.usual(Limits.DEFAULTS.maxConnections());

  @Option(
      names = "--max-per-host",
      paramLabel = "N",
      converter = Choice.OfCount.class,
      description = "Connections to one origin at most (64; with --adaptive off 16).")
  private Choice<Integer> maxPerHost = Choice.usual(Limits.DEFAULTS.maxPerHost());

  @Option(
      names = {"-s", "--segments"},
      paramLabel = "N",
      converter = Choice.OfCount.class,
      description = {
        "Connections for one file at most; 1 never splits.",
        "(64; with --adaptive off 4)"
      })
  private Choice<Integer> segments = Choice.usual(Limits.DEFAULTS.segments());

  @Option(
      names = "--segment-min",
      paramLabel = "SIZE",
      converter = Choice.OfSize.class,
      description = "Never cut a piece smaller than this (1M; with --adaptive off 16M).")
  private Choice<Long> segmentMin = Choice.usual(Limits.DEFAULTS.segmentMin());

  @Option(
      names = "--max-file-size",
      paramLabel = "SIZE",
      converter = Sizes.class,
      description = "A row whose file has more bytes than this fails (no bound).")
  private @Nullable Long maxFileSize;

  @Option(
      names = "--retries",
      paramLabel = "N",
      converter = Counts.OrZero.class,
      description = "Attempts without progress before a row fails (${DEFAULT-VALUE}).")
  private int retries = RetrySettings.DEFAULTS.retries();

  @Option(
      names = "--retry-delay",
      paramLabel = "D",
      converter = Durations.class,
      description = "Bound of the first random wait; doubles each time (${DEFAULT-VALUE}).")
  private Duration retryDelay = RetrySettings.DEFAULTS.delay();

  @Option(
      names = "--retry-max-delay",
      paramLabel = "D",
      converter = Durations.class,
      description = "No wait is longer, Retry-After included (${DEFAULT-VALUE}).")
  private Duration retryMaxDelay = RetrySettings.DEFAULTS.maxDelay();

  @Option(
      names = "--probe-url",
      paramLabel = "URL",
      converter = ProbeUrl.class,
      description = "While this cannot be reached, wait: outages use up no retries.")
  private @Nullable URI probeUrl;

  @Option(
      names = "--connect-timeout",
      paramLabel = "D",
      converter = Durations.class,
      description = "For a connection, and again for its TLS handshake (${DEFAULT-VALUE}).")
  private Duration connectTimeout = Timeouts.DEFAULTS.connect();

  @Option(
      names = "--response-timeout",
      paramLabel = "D",
      converter = Durations.class,
      description = "Request sent to response headers complete (${DEFAULT-VALUE}).")
  private Duration responseTimeout = Timeouts.DEFAULTS.response();

  @Option(
      names = "--idle-timeout",
      paramLabel = "D",
      converter = Durations.class,
      description = "No byte arrives though we are ready to read (${DEFAULT-VALUE}).")
  private Duration idleTimeout = Timeouts.DEFAULTS.idle();

  @Option(
      names = "--min-speed",
      paramLabel = "SIZE",
      converter = Sizes.class,
      description = "Drop and retry a connection with fewer bytes a second.")
  private @Nullable Long minSpeed;

  @Option(
      names = "--min-speed-window",
      paramLabel = "D",
      converter = Durations.class,
      description = "Over this time of waiting (${DEFAULT-VALUE}).")
  private Duration minSpeedWindow = Timeouts.DEFAULTS.minSpeedWindow();

  @Option(
      names = "--header",
      paramLabel = "'NAME: VALUE'",
      split = EnvironmentDefaults.BETWEEN_LINES,
      hideParamSyntax = true,
      parameterConsumer = HeaderArguments.class,
      description = {
        "Send this too, to the manifest's own origin only; repeatable.",
        "@FILE reads a header from each line of a file."
      })
  private List<Map.Entry<String, String>> headers = new ArrayList<>();

  @Option(
      names = "--header-for",
      paramLabel = "HOST[:PORT] 'NAME: VALUE'",
      split = EnvironmentDefaults.BETWEEN_LINES,
      hideParamSyntax = true,
      parameterConsumer = ScopedHeaderArguments.class,
      description = {
        "Send this to HOST only, in the list or by a redirect; *.DOMAIN is all below a domain.",
        "Needed for Authorization, Cookie and the like where the list has several origins."
      })
  private List<ScopedHeader> scoped = new ArrayList<>();

  @Option(
      names = "--cacert",
      paramLabel = "FILE",
      converter = CaCert.class,
      description = "Trust these PEM certificates in place of the system's.")
  private @Nullable Path cacert;

  @Option(names = "--insecure", description = "Do not check certificates and host names.")
  private boolean insecure;

  @Option(
      names = "--http2",
      paramLabel = "auto|never",
      converter = WhenHttp2.class,
      description = "HTTP/2 for small files of distant hosts (auto).")
  private Http2Mode http2 = HttpSettings.DEFAULTS.http2();

  @Mixin private ProxyOptions proxies;

  @Mixin private LimitOptions rates;

  @SuppressWarnings("NullAway.Init") // picocli sets the mixin
  EngineOptions() {}

  /** Returns the settings of these options and the disk options, with the default records. */
  Settings settings(DiskSettings disk) {
    return new Settings(limits(), patience(), timeouts(), http(), disk, RecordSettings.DEFAULTS)
        .with(rates());
  }

  /**
   * Returns the same settings with connections reduced to the available file descriptors. A note to
   * the user reports the reduction.
   */
  Settings settings(DiskSettings disk, Console console) {
    Limits wanted = limits();
    Limits fitting = DescriptorLimit.fit(wanted, DescriptorLimit.left());
    if (fitting.maxConnections() < wanted.maxConnections()) {
      console.note(
          "note: the system allows this process few open files (ulimit -n); the limit of"
              + " connections is "
              + fitting.maxConnections()
              + " in place of "
              + wanted.maxConnections());
    }
    return settings(disk).with(fitting);
  }

  Limits limits() {
    OptionalLong most = maxFileSize == null ? OptionalLong.empty() : OptionalLong.of(maxFileSize);
    Limits usual = adaptive == OnOff.Switch.ON ? Limits.DEFAULTS : Limits.FIXED;
    return usual
        .withMaxFiles(maxFiles.or(usual.maxFiles()))
        .withMaxConnections(maxConnections.or(usual.maxConnections()))
        .withMaxPerHost(maxPerHost.or(usual.maxPerHost()))
        .withSegments(segments.or(usual.segments()), segmentMin.or(usual.segmentMin()))
        .withMaxFileSize(most)
        .with(hosts());
  }

  /** Returns the rules for hosts, which only the configuration file can give. */
  HostRules hosts() {
    return command != null
            && command.commandLine().getDefaultValueProvider() instanceof EnvironmentDefaults given
        ? given.hosts().in(zone())
        : HostRules.SHIPPED;
  }

  RetrySettings patience() {
    return new RetrySettings(retries, retryDelay, retryMaxDelay, Optional.ofNullable(probeUrl));
  }

  Timeouts timeouts() {
    OptionalLong speed = minSpeed == null ? OptionalLong.empty() : OptionalLong.of(minSpeed);
    return new Timeouts(connectTimeout, responseTimeout, idleTimeout, speed, minSpeedWindow);
  }

  /** Returns the zone of all times that options name. */
  ZoneId zone() {
    return rates.zone();
  }

  RateLimits rates() {
    return rates.rates();
  }

  HttpSettings http() {
    return new HttpSettings(headers, Optional.ofNullable(cacert), insecure, proxies.proxies())
        .withScoped(scoped)
        .with(http2);
  }

  /** Reads the name of a mode in upper or lower case. */
  static final class WhenHttp2 extends EnumConverter<Http2Mode> {
    WhenHttp2() {
      super(Http2Mode.class, "is neither auto nor never");
    }
  }

  /** Reads a file of certificates and checks that it is readable. */
  static final class CaCert implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      Path file = new UserPath().convert(text);
      try {
        Trust.check(file);
        return file;
      } catch (IOException e) {
        throw new TypeConversionException(
            "no PEM certificates in '" + text + "'; give for example /etc/ssl/certs/ca.pem");
      }
    }
  }

  /** Reads a URL that can be fetched. */
  static final class ProbeUrl implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      try {
        return SourceUri.checked(URI.create(text.strip()));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "'" + text + "' cannot be probed; write for example https://example.org/");
      }
    }
  }
}
