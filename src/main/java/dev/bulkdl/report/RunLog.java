package dev.bulkdl.report;

import dev.bulkdl.event.TransferEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Appends a line for each event to a log, which earlier runs may have begun. No line holds a
 * secret.
 */
public final class RunLog implements ReportFile {

  /** The file's name in the folder {@code .bulkdl}, where the user names no other. */
  public static final String FILE_NAME = "run.log";

  private final LineWriter out;
  private final LogFormat format;
  private final boolean verbose;
  private final InstantSource clock;

  private RunLog(LineWriter out, LogFormat format, boolean verbose, InstantSource clock) {
    this.out = out;
    this.format = format;
    this.verbose = verbose;
    this.clock = clock;
  }

  /** The log in the folder {@code .bulkdl}; a link that lies there is not followed. */
  public static RunLog in(Path ownFolder, LogFormat format, boolean verbose, InstantSource clock)
      throws IOException {
    return open(
        ownFolder.resolve(FILE_NAME),
        format,
        verbose,
        clock,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Opens or creates the log.
   *
   * @param verbose whether connections, answers and their contents are logged too
   * @param clock the time of day, which stands before each line
   * @throws IOException when the file cannot be written
   */
  public static RunLog open(Path file, LogFormat format, boolean verbose, InstantSource clock)
      throws IOException {
    return open(file, format, verbose, clock, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static RunLog open(
      Path file, LogFormat format, boolean verbose, InstantSource clock, OpenOption... options)
      throws IOException {
    return new RunLog(new LineWriter(Files.newOutputStream(file, options)), format, verbose, clock);
  }

  @Override
  public void onEvent(TransferEvent event) {
    if (verbose || !isDetail(event)) {
      out.write(format.render(clock.instant(), LogEntry.of(event)));
    }
  }

  @Override
  public Optional<IOException> failure() {
    return out.failure();
  }

  @Override
  public void close() {
    out.close();
  }

  private static boolean isDetail(TransferEvent event) {
    return event instanceof TransferEvent.Connected
        || event instanceof TransferEvent.Delivered
        || event instanceof TransferEvent.Answered;
  }
}
