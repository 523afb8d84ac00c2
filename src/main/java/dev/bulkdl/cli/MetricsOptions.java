package dev.bulkdl.cli;

import dev.bulkdl.ProgramVersion;
import dev.bulkdl.metrics.MetricsEndpoint;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option that serves metrics. */
final class MetricsOptions {

  private static final int MOST = 65535;

  @Option(
      names = "--metrics-port",
      paramLabel = "N",
      converter = Port.class,
      description = "Serve Prometheus metrics at http://127.0.0.1:N/metrics; 0 takes a free port.")
  private @Nullable Integer port;

  /** The port of the option cannot be had; the message says so. */
  static final class NoPortException extends IOException {
    private NoPortException(int port, IOException cause) {
      super(
          "--metrics-port: 127.0.0.1:%d cannot be had (%s); give another port, or 0 for a free one"
              .formatted(port, cause.getMessage()),
          cause);
    }
  }

  /** Serves them from now on, if that was asked for. */
  Optional<MetricsEndpoint> open(Terminal terminal) throws NoPortException {
    if (port == null) {
      return Optional.empty();
    }
    try {
      MetricsEndpoint endpoint = MetricsEndpoint.open(port, ProgramVersion.text());
      if (port == 0) {
        terminal.say("metrics at " + endpoint.uri());
      }
      return Optional.of(endpoint);
    } catch (IOException e) {
      throw new NoPortException(port, e);
    }
  }

  /** The number of a port, or 0. */
  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      try {
        int number = Integer.parseInt(text.strip());
        if (number >= 0 && number <= MOST) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Said below, as for a number out of bounds.
      }
      throw new TypeConversionException(
          "'" + text + "' is no port from 0 to " + MOST + "; write for example 9090");
    }
  }
}
