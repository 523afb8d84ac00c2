package dev.bulkdl.report;

import dev.bulkdl.event.TransferEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Appends a line for each event to a log, which earlier runs may have begun. No line holds a
 * secret.
 */
public final class RunLog implements ReportFile {

  /** The file's name in the folder {@code .bulkdl}, where the user names no other. */
  public static final String FILE_NAME = "run.log";

  private final LineWriter out;
  private final Style style;
  private final InstantSource clock;

  /**
   * How it is kept.
   *
   * @param verbose whether connections, answers and their contents are logged too
   * @param maxSize the bytes above which the file is set aside as {@code NAME.1} and begun anew; 0
   *     for never
   */
  public record Style(LogFormat format, boolean verbose, long maxSize) {}

  private RunLog(OutputStream out, Style style, InstantSource clock) {
    this.out = new LineWriter(out);
    this.style = style;
    this.clock = clock;
  }

  /** The log in the folder {@code .bulkdl}; a link that lies there is not followed. */
  public static RunLog in(Path ownFolder, Style style, InstantSource clock) throws IOException {
    Path file = ownFolder.resolve(FILE_NAME);
    return new RunLog(RollingFile.openOwn(file, style.maxSize()), style, clock);
  }

  /**
   * Opens or creates the log.
   *
   * @param clock the time of day, which stands before each line
   * @throws IOException when the file cannot be written
   */
  public static RunLog open(Path file, Style style, InstantSource clock) throws IOException {
    return new RunLog(RollingFile.open(file, style.maxSize()), style, clock);
  }

  @Override
  public void onEvent(TransferEvent event) {
    if (style.verbose() || !isDetail(event)) {
      write(LogEntry.of(event));
    }
  }

  /** Adds an event that is none of a transfer: texts, which are made safe, and whole numbers. */
  public void tell(String event, Map<String, Object> fields) {
    write(LogEntry.of(event, fields));
  }

  @Override
  public Optional<IOException> failure() {
    return out.failure();
  }

  @Override
  public void close() {
    out.close();
  }

  private void write(LogEntry entry) {
    out.write(style.format().render(clock.instant(), entry));
  }

  private static boolean isDetail(TransferEvent event) {
    return event instanceof TransferEvent.Connected
        || event instanceof TransferEvent.Delivered
        || event instanceof TransferEvent.Answered;
  }
}
