package dev.bulkdl.report;

import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A run in numbers: what the library returns, and field by field the content of report.json. It
 * holds no secret.
 *
 * @param manifest as it was given, without credentials
 * @param outputDir the output folder as it was given
 * @param startedAt {@link Instant#EPOCH} as long as the run has not begun
 * @param tls who encrypted, with its version; "none" where nothing was encrypted
 * @param exitCode the process's exit code, see {@link #withExitCode}
 * @param retries attempts that failed and were repeated
 * @param failures files that failed, by the class of their failure; files that were cancelled are
 *     not among them
 * @param hosts by the origin that the manifest names, not by those it redirects to
 * @param proofs files that are there, completed or skipped, by the strongest proof that held
 * @param permanentFailures files that fail again if the run is repeated as it is
 * @param transientFailures files that may succeed if the run is repeated
 * @param diskFailures files that the local file system refused
 * @param connectionBytesPerSecond how fast single connections were
 * @param servers by the origin that sent content, at the end of whatever redirects
 */
public record RunReport(
    String version,
    String manifest,
    String outputDir,
    Instant startedAt,
    String tls,
    double elapsedSeconds,
    int exitCode,
    FileCounts files,
    ByteCounts bytes,
    Throughput throughput,
    Latencies latencyMillis,
    long retries,
    NavigableMap<String, Long> failures,
    NavigableMap<String, Host> hosts,
    NavigableMap<String, Long> proofs,
    long permanentFailures,
    long transientFailures,
    long diskFailures,
    RateSummary connectionBytesPerSecond,
    NavigableMap<String, Server> servers) {

  public RunReport {
    failures = Collections.unmodifiableNavigableMap(new TreeMap<>(failures));
    hosts = Collections.unmodifiableNavigableMap(new TreeMap<>(hosts));
    proofs = Collections.unmodifiableNavigableMap(new TreeMap<>(proofs));
    servers = Collections.unmodifiableNavigableMap(new TreeMap<>(servers));
  }

  /** The same report with the exit code that was decided by its counts. */
  public RunReport withExitCode(int code) {
    return new RunReport(
        version,
        manifest,
        outputDir,
        startedAt,
        tls,
        elapsedSeconds,
        code,
        files,
        bytes,
        throughput,
        latencyMillis,
        retries,
        failures,
        hosts,
        proofs,
        permanentFailures,
        transientFailures,
        diskFailures,
        connectionBytesPerSecond,
        servers);
  }

  /**
   * Rows of the manifest by how they ended.
   *
   * @param total every row that is known of, those that were rejected and those still to come
   *     included
   * @param failed those rejected included
   */
  public record FileCounts(long total, long completed, long skipped, long failed, long cancelled) {

    /** Files that are there under their final name. */
    public long present() {
      return completed + skipped;
    }

    /** Rows that a stopped run did not come to. */
    public long notBegun() {
      return total - present() - failed - cancelled;
    }
  }

  /**
   * Bytes of the files that have ended.
   *
   * @param downloaded received in this run and kept
   * @param resumed left by earlier runs and used
   * @param discarded there or received, and of no use
   * @param total the sizes of the files that are there, completed or skipped
   */
  public record ByteCounts(long downloaded, long resumed, long discarded, long total) {}

  /**
   * What the network delivered.
   *
   * @param meanBytesPerSecond over the whole run, waits included
   * @param peakBytesPerSecond the highest over any second, or the mean of a run that was shorter
   */
  public record Throughput(long meanBytesPerSecond, long peakBytesPerSecond) {}

  /**
   * How long things took.
   *
   * @param connect until a TCP connection came about
   * @param firstByte from a request to the headers of its answer
   * @param file from a file's first connection to its final name
   */
  public record Latencies(LatencySummary connect, LatencySummary firstByte, LatencySummary file) {}

  /**
   * What one origin delivered.
   *
   * @param contents answers with content
   * @param connectionSeconds how long these took, all together
   * @param bytesPerSecond of one connection, on the mean
   */
  public record Server(long contents, long bytes, double connectionSeconds, long bytesPerSecond) {}

  /**
   * One origin's part in the run.
   *
   * @param files files that ended
   * @param bytes received from it and kept
   * @param errors attempts that failed by the network's or the server's fault, repeated or not
   * @param throttled those of them in which the server asked to slow down (429 or 503)
   */
  public record Host(long files, long bytes, long errors, long throttled) {}
}
