package dev.bulkdl.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

  private static final String STRONG = "\"v1\"";
  private static final String WEAK = "W/\"v1\"";
  private static final String NOON = "Sun, 01 Jun 2025 12:00:00 GMT";
  private static final String A_SECOND_LATER = "Sun, 01 Jun 2025 12:00:01 GMT";

  private static Version version(String etag, String modified, String date) {
    return new Version(
        Optional.ofNullable(etag),
        Optional.ofNullable(modified),
        Optional.ofNullable(date),
        OptionalLong.of(10));
  }

  private static Version encoded(Version version) {
    return version.withFormat(Version.Format.of(Optional.empty(), Optional.of("gzip")));
  }

  private static Version sized(long total) {
    return new Version(
        Optional.of(STRONG), Optional.empty(), Optional.empty(), OptionalLong.of(total));
  }

  @Test
  void sendsAStrongEntityTagAsIfRange() {
    assertThat(version(STRONG, NOON, A_SECOND_LATER).ifRange()).contains(STRONG);
    assertThat(version("\"\"", null, null).ifRange()).contains("\"\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {WEAK, "w/\"v1\"", "v1", "\"", ""})
  void neverSendsAnEntityTagThatIsNotStrong(String tag) {
    assertThat(version(tag, null, null).ifRange()).isEmpty();
    assertThat(version(tag, null, null).strongEtag()).isEmpty();
    assertThat(version(tag, NOON, A_SECOND_LATER).ifRange()).contains(NOON);
  }

  @Test
  void sendsAModificationDateThatIsASecondOlderThanTheAnswer() {
    assertThat(version(null, NOON, A_SECOND_LATER).ifRange()).contains(NOON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sunday, 01-Jun-25 11:59:59 GMT", "Sun Jun  1 11:59:59 2025"})
  void readsObsoleteDatesAndSendsThemAsTheyCame(String modified) {
    assertThat(version(null, modified, NOON).ifRange()).contains(modified);
    assertThat(version(null, modified, modified).ifRange()).isEmpty();
  }

  @Test
  void sendsNoDateThatMayCoverTwoVersions() {
    assertThat(version(null, NOON, NOON).ifRange()).isEmpty();
    assertThat(version(null, A_SECOND_LATER, NOON).ifRange()).isEmpty();
    assertThat(version(null, NOON, null).ifRange()).isEmpty();
  }

  @Test
  void sendsNoDateThatItCannotRead() {
    assertThat(version(null, "yesterday", A_SECOND_LATER).ifRange()).isEmpty();
    assertThat(version(null, NOON, "now").ifRange()).isEmpty();
  }

  @Test
  void theTagOfEncodedContentIsThatOfTheEncodedBytes() {
    Version gzipped = encoded(version(STRONG, NOON, A_SECOND_LATER));
    assertThat(gzipped.ifRange()).contains(STRONG);
    assertThat(gzipped.strongEtag()).contains(STRONG);
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(Version.UNKNOWN.ifRange()).isEmpty();
    assertThat(Version.UNKNOWN.contradicts(version(STRONG, NOON, NOON))).isFalse();
    assertThat(Version.UNKNOWN.contradicts(encoded(sized(10)))).isFalse();
  }

  @Test
  void isContradictedByAnAnswerThatHasLostItsStrongTag() {
    assertThat(version(STRONG, NOON, NOON).contradicts(Version.UNKNOWN)).isTrue();
    assertThat(version(STRONG, NOON, NOON).contradicts(version(null, NOON, NOON))).isTrue();
    assertThat(version(WEAK, NOON, NOON).contradicts(version(null, NOON, NOON))).isFalse();
  }

  @Test
  void agreesWithItself() {
    Version version = version(STRONG, NOON, A_SECOND_LATER);
    assertThat(version.contradicts(version)).isFalse();
  }

  @Test
  void isContradictedByAnotherTotal() {
    assertThat(sized(10).contradicts(sized(11))).isTrue();
    assertThat(sized(10).contradicts(sized(10))).isFalse();
  }

  @Test
  void isContradictedByAnotherTagStrongOrWeak() {
    assertThat(version(STRONG, null, null).contradicts(version("\"v2\"", null, null))).isTrue();
    assertThat(version(WEAK, null, null).contradicts(version("W/\"v2\"", null, null))).isTrue();
  }

  @Test
  void isContradictedByAnotherDate() {
    assertThat(version(null, NOON, null).contradicts(version(null, A_SECOND_LATER, null))).isTrue();
    assertThat(version(WEAK, NOON, null).contradicts(version(WEAK, A_SECOND_LATER, null))).isTrue();
  }

  /** Servers that send a file for a program give it the program's tag and the file's date. */
  @Test
  void isContradictedByAnotherDateThoughTheStrongTagIsTheSame() {
    Version one = version(STRONG, NOON, null);
    assertThat(one.contradicts(version(STRONG, A_SECOND_LATER, null))).isTrue();
    assertThat(version(STRONG, A_SECOND_LATER, null).contradicts(one)).isTrue();
  }

  @Test
  void isContradictedByAnotherEncoding() {
    Version plain = version(STRONG, null, null);
    assertThat(plain.contradicts(encoded(plain))).isTrue();
    assertThat(encoded(plain).contradicts(plain)).isTrue();
  }

  @Test
  void theTimeOfTheAnswerSaysNothing() {
    Version early = version(STRONG, NOON, NOON);
    assertThat(early.contradicts(version(STRONG, NOON, A_SECOND_LATER))).isFalse();
  }

  @Test
  void isContradictedByAnotherDateWhereTheTagIsMissing() {
    Version tagged = version(STRONG, NOON, null);
    assertThat(tagged.contradicts(version(null, A_SECOND_LATER, null))).isTrue();
  }
}
