package dev.bulkdl.report;

import dev.bulkdl.model.Failure;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
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
 * @param hosts counters by origin
 * @param proofs present files, completed or skipped, by the strongest proof that held
 * @param permanentFailures files that would fail again if the run were repeated unchanged
 * @param transientFailures files that can succeed if the run is repeated
 * @param diskFailures files that failed in the local file system
 * @param connectionBytesPerSecond the rates of single connections
 * @param schemaVersion grows by one when a field is removed or changes its meaning
 * @param runId identifies the run among all runs
 * @param state whether the run has ended
 * @param endedAt empty while it runs
 * @param stopped whether it was stopped before its end
 * @param options the options that were given, without secrets
 * @param failureGroups the failures by class and HTTP status, the most frequent first
 * @param failedFiles the newest failed files, at most {@value FailureTally#LISTED}
 * @param pauses why, how often and how long the run has paused
 * @param endedEarly why its schedule has ended it, if so
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
    int schemaVersion,
    String runId,
    State state,
    Optional<Instant> endedAt,
    boolean stopped,
    NavigableMap<String, String> options,
    List<FailureGroup> failureGroups,
    List<FailedFile> failedFiles,
    List<Pause> pauses,
    Optional<String> endedEarly) {

  /** The current {@link #schemaVersion}. */
  public static final int SCHEMA_VERSION = 2;

  /** The exit code of a run that has not ended. */
  public static final int NO_EXIT_CODE = -1;

  /** Whether a run has ended. The names are part of report.json. */
  public enum State {
    running,
    ended
  }

  public RunReport {
    failures = Collections.unmodifiableNavigableMap(new TreeMap<>(failures));
    hosts = Collections.unmodifiableNavigableMap(new TreeMap<>(hosts));
    proofs = Collections.unmodifiableNavigableMap(new TreeMap<>(proofs));
    options = Collections.unmodifiableNavigableMap(new TreeMap<>(options));
    failureGroups = List.copyOf(failureGroups);
    failedFiles = List.copyOf(failedFiles);
    pauses = List.copyOf(pauses);
  }

  /** A copy with this exit code, which depends on the report's counts. */
  public RunReport withExitCode(int code) {
    return with(code, options, failureGroups);
  }

  /** A copy with the options that were given. */
  public RunReport withOptions(Map<String, String> given) {
    return with(exitCode, new TreeMap<>(given), failureGroups);
  }

  /** A copy that says what to do about failures in the words of this place. */
  public RunReport wordedFor(FailureText.Place place) {
    return with(
        exitCode, options, failureGroups.stream().map(group -> group.wordedFor(place)).toList());
  }

  private RunReport with(int code, NavigableMap<String, String> given, List<FailureGroup> groups) {
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
        schemaVersion,
        runId,
        state,
        endedAt,
        stopped,
        given,
        groups,
        failedFiles,
        pauses,
        endedEarly);
  }

  /**
   * The pauses for one reason.
   *
   * @param reason such as {@code window} or {@code operator}
   * @param why the details of the newest one
   * @param seconds how long all of them took so far
   * @param since when the present one began; empty if the run does not pause for this reason now
   * @param until when it ends by itself, if known
   * @param nextStep what ends it
   */
  public record Pause(
      String reason,
      String why,
      long times,
      double seconds,
      Optional<Instant> since,
      Optional<Instant> until,
      Optional<String> nextStep) {}

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
   * @param meanBytesPerSecond the downloaded bytes over the whole run, including waits
   * @param peakBytesPerSecond the highest rate over one second, discarded bytes included; the mean
   *     if that is higher or the run was shorter
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
   * One origin's share of the run.
   *
   * @param files files of the manifest with this origin that ended
   * @param bytes content that this origin sent, also as the target of redirects
   * @param errors attempts at its files that failed because of the network or the server, repeated
   *     or not
   * @param throttled errors with status 429 or 503: the server asks to slow down
   * @param contents responses with a body that it sent
   * @param connectionSeconds the total time of these responses
   * @param bytesPerSecond the mean rate of one connection
   * @param connections how many connections the run found to pay
   */
  public record Host(
      long files,
      long bytes,
      long errors,
      long throttled,
      long contents,
      double connectionSeconds,
      long bytesPerSecond,
      Connections connections) {}

  /**
   * The connections to one origin.
   *
   * @param most the largest number in use at a time
   * @param found the number that it could have at the end
   * @param why the reason, in a few words for people
   */
  public record Connections(int most, int found, String why) {

    /** The run has not used the origin. */
    public static final Connections NONE = new Connections(0, 0, "");
  }

  /**
   * Failed files that have the cause in common.
   *
   * @param errorClass the class as in results.csv
   * @param status the HTTP status; 0 if there is none
   * @param files the number of files
   * @param title the status with its name, or the class
   * @param nextStep what the user can do
   * @param worthRetry whether the same run can succeed later
   * @param samples the names of up to three of the files
   */
  public record FailureGroup(
      String errorClass,
      int status,
      long files,
      String title,
      String nextStep,
      boolean worthRetry,
      List<String> samples) {

    public FailureGroup {
      samples = List.copyOf(samples);
    }

    private FailureGroup wordedFor(FailureText.Place place) {
      String words =
          Failure.Kind.named(errorClass)
              .map(kind -> FailureText.nextStep(kind, status, place))
              .orElse(nextStep);
      return new FailureGroup(errorClass, status, files, title, words, worthRetry, samples);
    }
  }

  /**
   * A failed file.
   *
   * @param name the file's name, or its line in the manifest
   * @param url empty if it could not be read
   * @param status the HTTP status; 0 if there is none
   */
  public record FailedFile(
      String name, String url, String errorClass, int status, String cause, int attempts) {}
}
