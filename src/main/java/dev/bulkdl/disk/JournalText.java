package dev.bulkdl.disk;

import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.Version;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * The text form of a journal: one line for each fact, {@code CRC KEY VALUE}, appended during the
 * download. The CRC32C of each line detects a line that a crash cut. Pure functions.
 *
 * <pre>
 * 1b2c3d4e bulkdl 1
 * ........ source SHA256   ........ boot ID        ........ total 1048576
 * ........ etag "abc"      ........ modified DATE  ........ date DATE
 * ........ encoded gzip    ........ type text/csv
 * ........ split           ........ done 0 65536   ........ forced 0 65536
 * </pre>
 */
final class JournalText {

  private static final String FORMAT = "bulkdl 1";

  /** The length of a line's checksum and the space behind it. */
  private static final int CHECKSUM = 9;

  private JournalText() {}

  /** Returns the whole journal. */
  static String write(JournalState state) {
    StringBuilder text = new StringBuilder(line(FORMAT));
    text.append(line("source " + state.source())).append(line("boot " + state.boot()));
    Version version = state.version();
    version.etag().ifPresent(tag -> text.append(line("etag " + tag)));
    version.lastModified().ifPresent(date -> text.append(line("modified " + date)));
    version.date().ifPresent(date -> text.append(line("date " + date)));
    version.total().ifPresent(total -> text.append(line("total " + total)));
    version.format().encoding().ifPresent(how -> text.append(line("encoded " + how)));
    version.format().type().ifPresent(type -> text.append(line("type " + type)));
    state.adopted().ifPresent(size -> text.append(line("adopted " + size)));
    if (state.split()) {
      text.append(line("split"));
    }
    state.done().list().forEach(span -> text.append(done(span)));
    state.forced().list().forEach(span -> text.append(forced(span)));
    return text.toString();
  }

  /** Returns the line for a range that was written. */
  static String done(ByteRanges.Span span) {
    return line("done " + span.start() + " " + span.end());
  }

  /** Returns the line for a range that is synced. */
  static String forced(ByteRanges.Span span) {
    return line("forced " + span.start() + " " + span.end());
  }

  /** Returns the line that marks the file as split. */
  static String split() {
    return line("split");
  }

  private static String line(String fact) {
    return checksum(fact) + " " + fact + "\n";
  }

  private static String checksum(String fact) {
    CRC32C crc = new CRC32C();
    crc.update(fact.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  /**
   * Reads everything before the first damaged line. Empty if the text is not a journal of this
   * format, or has no {@code source} line.
   */
  static Optional<JournalState> read(String text) {
    if (!text.startsWith(line(FORMAT))) {
      return Optional.empty();
    }
    Reading reading = new Reading();
    int at = 0;
    for (int end; (end = text.indexOf('\n', at)) >= 0; at = end + 1) {
      String line = text.substring(at, end);
      boolean whole =
          line.length() > CHECKSUM && line.startsWith(checksum(line.substring(CHECKSUM)));
      if (!whole || !reading.take(line.substring(CHECKSUM))) {
        break;
      }
    }
    return reading.state(at < text.length());
  }

  /** The facts read so far. */
  private static final class Reading {
    private String source = "";
    private String boot = "";
    private Version version = Version.UNKNOWN;
    private OptionalLong adopted = OptionalLong.empty();
    private boolean split;
    private ByteRanges done = ByteRanges.EMPTY;
    private ByteRanges forced = ByteRanges.EMPTY;

    /** Returns false if the fact is invalid; then nothing behind it can be trusted. */
    boolean take(String fact) {
      int space = fact.indexOf(' ');
      String key = space < 0 ? fact : fact.substring(0, space);
      String value = space < 0 ? "" : fact.substring(space + 1);
      try {
        switch (key) {
          case "bulkdl" -> {}
          case "source" -> source = value;
          case "boot" -> boot = value;
          case "adopted" -> adopted = OptionalLong.of(length(value));
          case "split" -> split = true;
          case "done" -> done = add(done, value);
          case "forced" -> forced = add(forced, value);
          default -> version = describe(key, value);
        }
        return true;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    private Version describe(String key, String value) {
      Optional<String> text = Optional.of(value);
      Version.Format format = version.format();
      return switch (key) {
        case "etag" -> version.withEtag(text);
        case "modified" -> version.withLastModified(text);
        case "date" -> version.withDate(text);
        case "total" -> version.withTotal(OptionalLong.of(length(value)));
        case "encoded" -> version.withFormat(new Version.Format(format.type(), text));
        case "type" -> version.withFormat(new Version.Format(text, format.encoding()));
        default -> throw new IllegalArgumentException("unknown fact");
      };
    }

    private static long length(String value) {
      long length = Long.parseLong(value);
      if (length < 0) {
        throw new IllegalArgumentException("negative length");
      }
      return length;
    }

    private static ByteRanges add(ByteRanges spans, String value) {
      String[] ends = value.split(" ", -1);
      if (ends.length != 2) {
        throw new IllegalArgumentException("a range has two ends");
      }
      ByteRanges.Span span = new ByteRanges.Span(Long.parseLong(ends[0]), Long.parseLong(ends[1]));
      return spans.plus(span.start(), span.end());
    }

    /**
     * Returns the facts read so far; empty without a source.
     *
     * @param torn whether more text follows. A lost line can have marked the file as split, so the
     *     state counts as split: only noted ranges are trusted.
     */
    Optional<JournalState> state(boolean torn) {
      return source.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new JournalState(source, boot, version, adopted, split || torn, done, forced));
    }
  }
}
