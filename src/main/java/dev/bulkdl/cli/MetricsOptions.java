package dev.bulkdl.cli;

import dev.bulkdl.app.RunOutputs.MetricsTargets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options for metrics. */
final class MetricsOptions {

  private static final int MOST = 65535;

  @Option(
      names = "--metrics-port",
      paramLabel = "N",
      converter = Port.class,
      description = "Serve Prometheus metrics at http://127.0.0.1:N/metrics; 0 takes a free port.")
  private @Nullable Integer port;

  @Option(
      names = "--metrics-address",
      paramLabel = "ADDRESS",
      description =
          "The address of this machine that serves the metrics; 0.0.0.0 for all"
              + " (${DEFAULT-VALUE}).")
  private String address = MetricsTargets.LOOPBACK;

  @Option(
      names = "--metrics-file",
      paramLabel = "FILE",
      description = "Write the metrics to FILE too, for node_exporter's textfile collector.")
  private @Nullable Path file;

  MetricsTargets targets() {
    return new MetricsTargets(
        port == null ? OptionalInt.empty() : OptionalInt.of(port),
        address,
        Optional.ofNullable(file));
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
