package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A torn or damaged journal never contains a range that nobody wrote. */
class JournalTextProperties {

  /** A header value as the HTTP client returns it: one line of text that is not empty. */
  private static Arbitrary<Optional<String>> fields() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withChars('é', 'ÿ', '\t', '日')
        .ofMinLength(1)
        .ofMaxLength(20)
        .optional();
  }

  private static Arbitrary<ByteRanges> spans() {
    return Arbitraries.longs()
        .between(0, 1L << 40)
        .list()
        .ofMaxSize(8)
        .map(
            ends -> {
              ByteRanges spans = ByteRanges.EMPTY;
              for (int i = 1; i < ends.size(); i += 2) {
                spans = spans.plus(ends.get(i - 1), ends.get(i));
              }
              return spans;
            });
  }

  private static Arbitrary<OptionalLong> lengths() {
    return Arbitraries.longs()
        .between(-1, Long.MAX_VALUE)
        .map(n -> n < 0 ? OptionalLong.empty() : OptionalLong.of(n));
  }

  private static Arbitrary<Version> versions() {
    Arbitrary<Version.Format> formats =
        Combinators.combine(fields(), fields()).as(Version.Format::new);
    return Combinators.combine(fields(), fields(), fields(), lengths(), formats).as(Version::new);
  }

  @Provide
  Arbitrary<JournalState> states() {
    Arbitrary<String> words =
        Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(64);
    return Combinators.combine(
            words, words, versions(), lengths(), Arbitraries.of(true, false), spans(), spans())
        .as(JournalState::new);
  }

  @Property
  void whatIsWrittenIsRead(@ForAll("states") JournalState state) {
    assertThat(JournalText.read(JournalText.write(state))).contains(state);
  }

  @Property(tries = 300)
  void aTornJournalContainsItsWholeLines(
      @ForAll("states") JournalState state, @ForAll @IntRange(max = 2000) int length) {
    byte[] bytes = JournalText.write(state).getBytes(StandardCharsets.UTF_8);
    byte[] torn = Arrays.copyOf(bytes, Math.min(length, bytes.length));
    assertThat(claims(prefixes(state))).contains(claim(read(torn)));
  }

  /** A crash can leave zeros, or old content of the device. */
  @Property(tries = 300)
  void aSpoiltJournalContainsOnlyTheLinesBefore(
      @ForAll("states") JournalState state,
      @ForAll @IntRange(max = 2000) int at,
      @ForAll @Size(min = 1, max = 12) List<@From("someBytes") Byte> spoilt) {
    byte[] bytes = JournalText.write(state).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < spoilt.size(); i++) {
      bytes[(at + i) % bytes.length] = spoilt.get(i);
    }
    assertThat(claims(prefixes(state))).contains(claim(read(bytes)));
  }

  /**
   * The state that is read from a torn journal: it counts as split, because a lost line can have
   * said so.
   */
  private static Optional<JournalState> claim(Optional<JournalState> read) {
    return read.map(
        state ->
            new JournalState(
                state.source(),
                state.boot(),
                state.version(),
                state.adopted(),
                true,
                state.done(),
                state.forced()));
  }

  private static List<Optional<JournalState>> claims(Collection<Optional<JournalState>> prefixes) {
    return prefixes.stream().map(JournalTextProperties::claim).toList();
  }

  @Provide
  Arbitrary<Byte> someBytes() {
    return Arbitraries.oneOf(
        Arbitraries.bytes(), Arbitraries.of((byte) 0, (byte) '\n', (byte) ' ', (byte) '0'));
  }

  @Property
  void randomBytesAreNotAJournal(@ForAll byte[] bytes) {
    assertThat(read(bytes)).isEmpty();
  }

  @Property
  void randomTextIsNotAJournal(@ForAll String text) {
    assertThat(JournalText.read(text)).isEmpty();
  }

  private static Optional<JournalState> read(byte[] bytes) {
    return JournalText.read(new String(bytes, StandardCharsets.UTF_8));
  }

  /** The most that the journal can contain: every fact of its first lines. */
  private static List<Optional<JournalState>> prefixes(JournalState state) {
    String text = JournalText.write(state);
    List<Optional<JournalState>> prefixes = new ArrayList<>();
    prefixes.add(Optional.empty());
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
      prefixes.add(JournalText.read(text.substring(0, end + 1)));
    }
    return prefixes;
  }
}
