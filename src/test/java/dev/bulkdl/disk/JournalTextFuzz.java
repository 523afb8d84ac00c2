package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.Version;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A journal is read as it was written. One damaged byte is detected, and nothing behind it is read.
 */
class JournalTextFuzz {

  @FuzzTest
  void readsOnlyItsWholeLines(FuzzedDataProvider data) {
    JournalState state = state(data);
    String text = JournalText.write(state);
    assertThat(JournalText.read(text)).contains(state);

    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int at = data.consumeInt(0, bytes.length - 1);
    bytes[at] ^= (byte) data.consumeInt(1, 255);
    assertClaims(text, at, bytes);
    assertClaims(text, at, Arrays.copyOf(bytes, at));

    JournalText.read(new String(data.consumeRemainingAsBytes(), StandardCharsets.UTF_8));
  }

  /**
   * The damaged text contains the facts of the lines before the damaged byte. If the byte is the
   * space behind a checksum, which has no meaning, it contains all facts.
   */
  private static void assertClaims(String text, int at, byte[] spoilt) {
    String ascii = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    int start = ascii.lastIndexOf('\n', at - 1) + 1;
    Optional<JournalState> before = JournalText.read(utf8(ascii.substring(0, start)));
    Optional<JournalState> read = JournalText.read(new String(spoilt, StandardCharsets.UTF_8));
    boolean blank = at - start == 8 && spoilt.length == ascii.length();
    assertThat(asSplit(read)).isIn(asSplit(before), blank ? asSplit(JournalText.read(text)) : null);
    boolean torn = spoilt.length > start;
    assertThat(read.stream()).allMatch(state -> !torn || blank || state.split());
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static Optional<JournalState> asSplit(Optional<JournalState> state) {
    return state.map(
        read ->
            new JournalState(
                read.source(),
                read.boot(),
                read.version(),
                read.adopted(),
                true,
                read.done(),
                read.forced()));
  }

  private static JournalState state(FuzzedDataProvider data) {
    return new JournalState(
        Digests.sha256(data.consumeString(4)),
        data.consumeAsciiString(4).replaceAll("\\p{Cntrl}", "b"),
        new Version(field(data), field(data), field(data), length(data), format(data)),
        length(data),
        data.consumeBoolean(),
        spans(data),
        spans(data));
  }

  private static Version.Format format(FuzzedDataProvider data) {
    return new Version.Format(field(data), field(data));
  }

  /** A header value as the HTTP client returns it: one line of ISO 8859-1. */
  private static Optional<String> field(FuzzedDataProvider data) {
    byte[] bytes = data.consumeBytes(data.consumeInt(0, 12));
    String text = new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[\\r\\n\\x00]", " ");
    return Optional.of(text).filter(any -> data.consumeBoolean());
  }

  private static OptionalLong length(FuzzedDataProvider data) {
    return data.consumeBoolean()
        ? OptionalLong.of(data.consumeLong(0, Long.MAX_VALUE))
        : OptionalLong.empty();
  }

  private static ByteRanges spans(FuzzedDataProvider data) {
    ByteRanges spans = ByteRanges.EMPTY;
    for (int i = data.consumeInt(0, 4); i > 0; i--) {
      long start = data.consumeLong(0, 1L << 40);
      spans = spans.plus(start, start + data.consumeInt(1, 1 << 30));
    }
    return spans;
  }
}
