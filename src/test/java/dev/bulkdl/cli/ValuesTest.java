package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulkdl.model.SyncPolicy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The values of options: accepted texts, and the messages for wrong ones. */
class ValuesTest {

  private static void assertRefused(ITypeConverter<?> converter, String text, String example) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> converter.convert(text))
        .withMessageContaining("'" + text + "'")
        .withMessageContaining(example);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1024, 1024",
    "1K, 1024",
    "1k, 1024",
    "16M, 16777216",
    "3G, 3221225472",
    "2T, 2199023255552",
    "64KiB, 65536",
    "64kb, 65536",
    "512B, 512",
    "' 5M ', 5242880",
    "8388607T, 9223370937343148032",
  })
  void sizesArePowersOf1024(String text, long bytes) throws Exception {
    assertThat(new Sizes().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0M",
        "-1",
        "1.5G",
        "M",
        "16X",
        "1 M",
        "1e6",
        "8388608T",
        "999999999999999T",
        "off"
      })
  void whatIsNoSizeIsToldAnExample(String text) {
    assertRefused(new Sizes(), text, "16M");
  }

  @Test
  void whereABoundCanBeTakenAwayZeroSaysSo() throws Exception {
    assertThat(new Sizes.OrZero().convert(" 0 ")).isZero();
    assertThat(new Sizes.OrZero().convert("2K")).isEqualTo(2048);
    assertThat(new Sizes.OrZero().convert(Sizes.text(0))).isZero();
    assertRefused(new Sizes.OrZero(), "never", "16M");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1000, 1024, 1536, 16L << 20, 5L << 30, 3L << 40, 1L << 50})
  void sizesArePrintedAsTheyAreRead(long bytes) throws Exception {
    assertThat(new Sizes().convert(Sizes.text(bytes))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "5s, PT5S",
    "2m, PT2M",
    "1h, PT1H",
    "' 90s ', PT1M30S",
    "10, PT10S",
    "' 7 ', PT7S"
  })
  void durationsHaveAUnitOrAreSeconds(String text, Duration duration) throws Exception {
    assertThat(new Durations().convert(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "5.5", "0s", "0ms", "-1s", "1.5s", "5S", "1d", "s", "5 s", "9999999999s"})
  void whatIsNoDurationIsToldAnExample(String text) {
    assertRefused(new Durations(), text, "5s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"999999999h", "999999999m"})
  void aDurationThatNobodyCanWaitForIsRefused(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new Durations().convert(text))
        .withMessageContaining("'" + text + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.5S", "PT1S", "PT1M", "PT1.25S", "PT24H"})
  void durationsArePrintedAsTheyAreRead(Duration duration) throws Exception {
    assertThat(new Durations().convert(Durations.text(duration))).isEqualTo(duration);
  }

  @Test
  void countsBeginAtOneOrAtZero() {
    assertThat(new Counts.Positive().convert("1")).isEqualTo(1);
    assertThat(new Counts.Positive().convert(" 1000000 ")).isEqualTo(1_000_000);
    assertThat(new Counts.OrZero().convert("0")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "", "1000001", "99999999999", "1.5", "many", "0x10"})
  void whatIsNoCountIsToldAnExample(String text) {
    assertRefused(new Counts.Positive(), text, "8");
  }

  @ParameterizedTest
  @CsvSource({
    "X-Token: abc, X-Token, abc",
    "X-Token:abc, X-Token, abc",
    "'Cookie:  a=b; c=d ', Cookie, a=b; c=d",
    "'Time: 12:30', Time, 12:30",
  })
  void aHeaderIsANameAndAValue(String text, String name, String value) {
    assertThat(HeaderLine.parse(text)).isEqualTo(Map.entry(name, value));
  }

  @Test
  void aHeadersValueMayBeEmpty() {
    assertThat(HeaderLine.parse("X-Empty:")).isEqualTo(Map.entry("X-Empty", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3cret",
        ": s3cret",
        "X Y: s3cret",
        "X: s3cret\r\nEvil: 1",
        "X: s3cret\u0000",
        "(X): s3cret",
        "Ü: s3cret"
      })
  void aWrongHeaderIsNotRepeated(String text) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> HeaderLine.parse(text))
        .withMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @CsvSource({"always, ALWAYS", "LARGE, LARGE", "' never ', NEVER"})
  void syncPoliciesAreReadInAnyCase(String text, SyncPolicy policy) {
    assertThat(new DiskOptions.Sync().convert(text)).isEqualTo(policy);
  }

  @Test
  void whatIsNoSyncPolicyIsToldTheChoice() {
    assertRefused(new DiskOptions.Sync(), "sometimes", "always, large, never");
    assertRefused(new OutputOptions.Format(), "xml", "neither text nor json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://h/", "not a url", "", "http:///x", "/x"})
  void whatCannotBeProbedIsToldAnExample(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new EngineOptions.ProbeUrl().convert(text))
        .withMessageContaining("https://example.org/");
  }
}
