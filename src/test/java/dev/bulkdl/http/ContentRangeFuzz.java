package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Content-Range is parsed like a second parser does, which has no limit of size. */
class ContentRangeFuzz {

  private static final BigInteger MOST = BigInteger.TEN.pow(18).subtract(BigInteger.ONE);

  @DictionaryEntries({"bytes ", "bytes */", "0-0/1", "999999999999999999"})
  @FuzzTest
  void agreesWithASecondParser(byte[] field) {
    String text = new String(field, StandardCharsets.ISO_8859_1);
    assertThat(ContentRange.parse(text).map(ContentRangeFuzz::written)).isEqualTo(meant(text));
  }

  private static String written(ContentRange range) {
    String total = range.total().isPresent() ? Long.toString(range.total().getAsLong()) : "*";
    return (range.isHeld() ? range.first() + "-" + (range.end() - 1) : "*") + "/" + total;
  }

  /** Returns the range in its simplest form. */
  private static Optional<String> meant(String text) {
    String[] words = text.strip().split("[ \\t\\n\\x0B\\f\\r]+", -1);
    if (words.length != 2 || !words[0].toLowerCase(Locale.ROOT).equals("bytes")) {
      return Optional.empty();
    }
    String[] parts = words[1].split("/", -1);
    if (parts.length != 2) {
      return Optional.empty();
    }
    Optional<BigInteger> total = number(parts[1]);
    if (parts[0].equals("*")) {
      return total.map(size -> "*/" + size);
    }
    String[] ends = parts[0].split("-", -1);
    if (ends.length != 2 || (total.isEmpty() && !parts[1].equals("*"))) {
      return Optional.empty();
    }
    Optional<BigInteger> first = number(ends[0]);
    Optional<BigInteger> last = number(ends[1]);
    boolean sound =
        first.isPresent()
            && last.isPresent()
            && first.get().compareTo(last.get()) <= 0
            && total.stream().allMatch(size -> last.get().compareTo(size) < 0);
    return sound
        ? Optional.of(
            first.get() + "-" + last.get() + "/" + total.map(BigInteger::toString).orElse("*"))
        : Optional.empty();
  }

  /** Parses at most 18 digits: no file is longer. */
  private static Optional<BigInteger> number(String digits) {
    return Stream.of(digits)
        .filter(text -> text.matches("[0-9]{1,18}"))
        .map(BigInteger::new)
        .filter(number -> number.compareTo(MOST) <= 0)
        .findFirst();
  }
}
