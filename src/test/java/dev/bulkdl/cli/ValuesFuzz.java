package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes, durations and headers are either refused with an example or parsed exactly. */
class ValuesFuzz {

  @DictionaryEntries({"16M", "K", "G", "T", "iB", "500ms", "1h", "999999999", "X-Token: ", ":"})
  @FuzzTest
  void meanWhatTheySay(byte[] input) throws Exception {
    String text = new String(input, StandardCharsets.UTF_8);
    checkSize(text);
    checkDuration(text);
    checkHeader(text);
  }

  private static void checkSize(String text) throws Exception {
    Long size = converted(new Sizes(), text);
    if (size == null) {
      return;
    }
    String number = text.strip().replaceFirst("(?i)[KMGT]?(iB|B)?$", "");
    String unit = text.strip().substring(number.length()).replaceFirst("(?i)i?B$", "");
    int power = unit.isEmpty() ? 0 : 1 + "kmgt".indexOf(Character.toLowerCase(unit.charAt(0)));
    BigInteger said = new BigInteger(number).multiply(BigInteger.valueOf(1024).pow(power));
    assertThat(BigInteger.valueOf(size)).isEqualTo(said).isPositive();
    assertThat(new Sizes().convert(Sizes.text(size))).isEqualTo(size);
  }

  private static void checkDuration(String text) throws Exception {
    Duration duration = converted(new Durations(), text);
    if (duration != null) {
      assertThat(duration).isBetween(Duration.ofMillis(1), Duration.ofDays(1000));
      assertThat(new Durations().convert(Durations.text(duration))).isEqualTo(duration);
    }
  }

  /** An accepted value cannot start another header. */
  private static void checkHeader(String text) throws Exception {
    Map.Entry<String, String> header = header(text);
    if (header != null) {
      assertThat(header.getKey()).matches("[^\\s:]+");
      assertThat(header.getValue()).doesNotContain("\r", "\n", "\0");
      assertThat(text.substring(0, text.indexOf(':')).strip()).isEqualTo(header.getKey());
      assertThat(text.substring(text.indexOf(':') + 1).strip()).isEqualTo(header.getValue());
    }
  }

  private static Map.Entry<String, String> header(String text) {
    try {
      return HeaderLine.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static <T> T converted(ITypeConverter<T> converter, String text) throws Exception {
    try {
      return converter.convert(text);
    } catch (TypeConversionException e) {
      assertThat(e).hasMessageContaining("write for example");
      return null;
    }
  }
}
