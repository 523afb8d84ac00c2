package dev.bulkdl.report;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.text.LineWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Appends one line for each event to a log. Earlier runs can have written to the same file. No line
 * contains a secret. Thread-safe.
 */
public final class RunLog implements ReportFile {

  /** The default name, in the folder {@code .bulkdl}. */
  public static final String FILE_NAME = "run.log";

  private final LineWriter out;
  private final Style style;
  private final InstantSource clock;

  /**
   * The options of the log.
   *
   * @param verbose whether to log connections, responses and delivered contents too
   * @param maxSize the size in bytes above which the file is renamed to {@code NAME.1} and replaced
   *     by a new one; 0 for never
   */
  public record Style(LogFormat format, boolean verbose, long maxSize) {}

  private RunLog(OutputStream out, Style style, InstantSource clock) {
    this.out = new LineWriter(out);
    this.style = style;
    this.clock = clock;
  }

  /**
   * Opens or creates the log in the folder {@code .bulkdl}. Fails if its name is a symbolic link.
   */
  public static RunLog in(Path ownFolder, Style style, InstantSource clock) throws IOException {
    Path file = ownFolder.resolve(FILE_NAME);
    return new RunLog(RollingFile.openOwn(file, style.maxSize()), style, clock);
  }

  /**
   * Opens or creates the log.
   *
   * @param clock the time of day at the start of each line
   * @throws IOException if the file cannot be written
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

  /**
   * Logs an event outside the transfers. Its values are texts, which are made safe here, and whole
   * numbers.
   */
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
