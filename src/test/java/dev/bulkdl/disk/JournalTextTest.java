package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.ByteRanges.Span;
import dev.bulkdl.model.Version;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTextTest {

  private static final Version VERSION =
      new Version(
          Optional.of("\"v 1\""),
          Optional.of("Sun, 01 Jun 2025 12:00:00 GMT"),
          Optional.of("Sun, 01 Jun 2025 13:00:00 GMT"),
          OptionalLong.of(1 << 20));

  private static final JournalState BEGUN = JournalState.begin("digest", "boot", VERSION);

  /**
   * The state that is read if a line behind it is damaged: it counts as split, because that line
   * can have said so.
   */
  private static final JournalState TORN =
      new JournalState(
          BEGUN.source(),
          BEGUN.boot(),
          BEGUN.version(),
          BEGUN.adopted(),
          true,
          BEGUN.done(),
          BEGUN.forced());

  private static String line(String fact) {
    CRC32C crc = new CRC32C();
    crc.update(fact.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x %s%n", crc.getValue(), fact);
  }

  @Test
  void readsWhatItWrites() {
    assertThat(JournalText.read(JournalText.write(BEGUN))).contains(BEGUN);
    JournalState all =
        new JournalState(
            "digest",
            "boot",
            VERSION.withFormat(new Version.Format(Optional.of("text/csv"), Optional.of("gzip"))),
            OptionalLong.of(7),
            true,
            ByteRanges.prefix(10).plus(20, 30),
            ByteRanges.prefix(5));
    assertThat(JournalText.read(JournalText.write(all))).contains(all);
  }

  /** Earlier journals only stated whether the content was encoded, not its format. */
  @Test
  void readsAJournalOfAnEarlierProgram() {
    String text = JournalText.write(BEGUN);
    assertThat(text).doesNotContain("type", "encoded");
    Version encoded = JournalText.read(text + line("encoded")).orElseThrow().version();
    Version gzipped = VERSION.withFormat(new Version.Format(Optional.empty(), Optional.of("gzip")));
    assertThat(encoded.contradicts(gzipped)).isFalse();
    assertThat(encoded.contradicts(VERSION)).isTrue();
  }

  @Test
  void writesOneLineForEachFactWithItsChecksum() {
    assertThat(JournalText.done(new Span(0, 65536))).isEqualTo(line("done 0 65536"));
    assertThat(JournalText.write(BEGUN))
        .startsWith(line("bulkdl 1") + line("source digest") + line("boot boot"));
  }

  @Test
  void readsAppendedLines() {
    String text =
        JournalText.write(BEGUN)
            + JournalText.split()
            + JournalText.done(new Span(0, 10))
            + JournalText.done(new Span(10, 20))
            + JournalText.forced(new Span(0, 5));
    JournalState state = JournalText.read(text).orElseThrow();
    assertThat(state.split()).isTrue();
    assertThat(state.done()).isEqualTo(ByteRanges.prefix(20));
    assertThat(state.forced()).isEqualTo(ByteRanges.prefix(5));
  }

  @Test
  void readsNothingBehindATornLine() {
    String done = JournalText.done(new Span(0, 10));
    String text = JournalText.write(BEGUN) + done.substring(0, done.length() - 2) + "\n";
    assertThat(JournalText.read(text + JournalText.done(new Span(20, 30)))).contains(TORN);
  }

  @Test
  void ignoresALineWithoutAnEnd() {
    String text = JournalText.write(BEGUN) + JournalText.done(new Span(0, 10));
    assertThat(JournalText.read(text.substring(0, text.length() - 1))).contains(TORN);
  }

  @Test
  void readsNothingBehindAnInvalidFact() {
    String text = JournalText.write(BEGUN);
    for (String odd :
        new String[] {
          "done 5", "done 9 5", "done a b", "done -1 5", "done 1 2 3", "total -1", "newer fact"
        }) {
      assertThat(JournalText.read(text + line(odd) + JournalText.done(new Span(0, 10))))
          .as(odd)
          .contains(TORN);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "\n\n\n", "garbage", "{\"json\": true}\n", "00000000 bulkdl 1\n"})
  void otherTextIsNotAJournal(String text) {
    assertThat(JournalText.read(text)).isEmpty();
  }

  @Test
  void zerosAreNotAJournal() {
    assertThat(JournalText.read("\0".repeat(4096))).isEmpty();
    assertThat(JournalText.read("\0".repeat(40) + "\n" + JournalText.write(BEGUN))).isEmpty();
  }

  @Test
  void aJournalOfANewerFormatIsNotTrusted() {
    String newer = JournalText.write(BEGUN).replace(line("bulkdl 1"), line("bulkdl 2"));
    assertThat(JournalText.read(newer)).isEmpty();
  }

  @Test
  void aJournalWithoutASourceIsNotTrusted() {
    assertThat(JournalText.read(line("bulkdl 1") + JournalText.done(new Span(0, 10)))).isEmpty();
  }
}
