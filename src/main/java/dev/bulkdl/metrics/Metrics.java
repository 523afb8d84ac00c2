package dev.bulkdl.metrics;

import dev.bulkdl.event.TransferListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The metrics of one run, served over HTTP or written into a file, or both. */
public final class Metrics implements AutoCloseable {

  private final RunMetrics metrics;
  private Optional<MetricsEndpoint> endpoint = Optional.empty();
  private Optional<MetricsFile> file = Optional.empty();

  /**
   * @param version the program's version
   */
  public Metrics(String version) {
    metrics = new RunMetrics(version, InstantSource.system());
  }

  /**
   * Starts to serve the metrics.
   *
   * @param address a name or address of this machine; {@code 0.0.0.0} for all
   * @param port 0 for any free port
   * @return the URL of the metrics
   * @throws IOException if the port cannot be opened
   */
  public URI serve(String address, int port) throws IOException {
    MetricsEndpoint opened =
        MetricsEndpoint.open(new InetSocketAddress(InetAddress.getByName(address), port), metrics);
    endpoint = Optional.of(opened);
    return opened.uri();
  }

  /**
   * Writes the metrics into this file for the first time, and again every few seconds.
   *
   * @throws IOException if it cannot be written
   */
  public void writeTo(Path target) throws IOException {
    file = Optional.of(MetricsFile.create(target, metrics));
  }

  /** The listeners that must receive the run's events. */
  public List<TransferListener> listeners() {
    List<TransferListener> all = new ArrayList<>(List.of(metrics));
    file.ifPresent(all::add);
    return all;
  }

  /** Why the newest state is not in the file. */
  public Optional<IOException> failure() {
    return file.flatMap(MetricsFile::failure);
  }

  /** Writes the last state, and serves no more. */
  @Override
  public void close() {
    file.ifPresent(MetricsFile::close);
    endpoint.ifPresent(MetricsEndpoint::close);
  }
}
