package dev.bulkdl.report;

import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The numbers of a run: the result of the library, and field by field the content of report.json.
 * It contains no secrets. Immutable.
 *
 * @param version the program's version
 * @param manifest the manifest as given, without credentials
 * @param outputDir the output folder as given
 * @param startedAt the start of the run; {@link Instant#EPOCH} before it
 * @param tls the TLS implementation and its version; "none" if nothing was encrypted
 * @param elapsedSeconds the duration of the run so far
 * @param exitCode the exit code of the process, see {@link #withExitCode}
 * @param files the rows by outcome
 * @param bytes the bytes of the files that have ended
 * @param throughput the rates of the whole run
 * @param latencyMillis the measured times in milliseconds
 * @param retries failed attempts that were repeated
 * @param failures failed files by failure class; cancelled files are not included
 * @param hosts counters by the origin in the manifest, not by the targets of its redirects
 * @param proofs present files, completed or skipped, by the strongest proof that held
 * @param permanentFailures files that would fail again if the run were repeated unchanged
 * @param transientFailures files that can succeed if the run is repeated
 * @param diskFailures files that failed in the local file system
 * @param connectionBytesPerSecond the rates of single connections
 * @param servers counters by the origin that sent the content, after all redirects
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

  /** A copy with this exit code, which depends on the report's counts. */
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
   * The manifest's rows by outcome.
   *
   * @param total all known rows, including rejected rows and rows that were not started
   * @param failed including rejected rows
   */
  public record FileCounts(long total, long completed, long skipped, long failed, long cancelled) {

    /** Files that exist under their final name. */
    public long present() {
      return completed + skipped;
    }

    /** Rows that neither are present nor failed. */
    public long unfinished() {
      return total - present() - failed;
    }

    /** Rows that were not started when the run was stopped. */
    public long notBegun() {
      return total - present() - failed - cancelled;
    }
  }

  /**
   * Bytes of the files that have ended.
   *
   * @param downloaded received in this run and kept
   * @param resumed left by earlier runs and used
   * @param discarded received now or earlier, and not usable
   * @param total the sizes of the present files, completed or skipped
   */
  public record ByteCounts(long downloaded, long resumed, long discarded, long total) {}

  /**
   * What the network delivered.
   *
   * @param meanBytesPerSecond over the whole run, including waits
   * @param peakBytesPerSecond the highest rate over one second; the mean if that is higher or the
   *     run was shorter
   */
  public record Throughput(long meanBytesPerSecond, long peakBytesPerSecond) {}

  /**
   * Summaries of the measured times.
   *
   * @param connect time to establish a TCP connection
   * @param firstByte from a request to the headers of its response
   * @param file from a file's first connection to its rename to the final name
   */
  public record Latencies(LatencySummary connect, LatencySummary firstByte, LatencySummary file) {}

  /**
   * What one origin delivered.
   *
   * @param contents responses with a body
   * @param connectionSeconds the total time of these responses
   * @param bytesPerSecond the mean rate of one connection
   */
  public record Server(long contents, long bytes, double connectionSeconds, long bytesPerSecond) {}

  /**
   * One origin's share of the run.
   *
   * @param files files that ended
   * @param bytes received from it and kept
   * @param errors attempts that failed because of the network or the server, repeated or not
   * @param throttled errors with status 429 or 503: the server asks to slow down
   */
  public record Host(long files, long bytes, long errors, long throttled) {}
}
