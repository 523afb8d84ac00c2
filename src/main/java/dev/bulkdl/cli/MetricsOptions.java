package dev.bulkdl.cli;

import java.util.OptionalInt;
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

  OptionalInt port() {
    return port == null ? OptionalInt.empty() : OptionalInt.of(port);
  }

  /** Reads a port number, or 0. */
  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      try {
        int number = Integer.parseInt(text.strip());
        if (number >= 0 && number <= MOST) {
          return number;
        }
      } catch (NumberFormatException e) {
        // The exception below covers this and numbers out of bounds.
      }
      throw new TypeConversionException(
          "'" + text + "' is no port from 0 to " + MOST + "; write for example 9090");
    }
  }
}
