package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Every text that a server can send is parsed without an exception. */
class HeaderProperties {

  private static final Instant NOON = Instant.parse("2025-06-01T12:00:00Z");
  private static final long MOST = 1L << 50;

  @Provide
  Arbitrary<String> likeARange() {
    return Arbitraries.strings().withChars("bytes 0123456789-/*,=").ofMaxLength(40);
  }

  @Provide
  Arbitrary<String> likeAWait() {
    return Arbitraries.strings().withChars("Sun, 01Je25:GMT+-.").ofMaxLength(40);
  }

  @Property
  void contentRangeAcceptsAnyText(@ForAll String text) {
    checkRange(text);
    checkRange("bytes " + text);
  }

  @Property
  void contentRangeAcceptsSimilarText(@ForAll("likeARange") String text) {
    checkRange(text);
    checkRange("bytes " + text);
  }

  /** A parsed field does not contradict itself. */
  private static void checkRange(String text) {
    ContentRange.parse(text)
        .filter(ContentRange::isHeld)
        .ifPresent(
            range -> {
              assertThat(range.end()).isGreaterThan(range.first());
              range.total().ifPresent(total -> assertThat(range.end()).isLessThanOrEqualTo(total));
            });
  }

  @Property
  void contentRangeReadsEveryRangeThatHttpAllows(
      @ForAll @LongRange(max = MOST) long first,
      @ForAll @LongRange(max = MOST) long more,
      @ForAll @LongRange(min = 1, max = MOST) long rest) {
    long last = first + more;
    assertThat(ContentRange.parse("bytes " + first + "-" + last + "/" + (last + rest)))
        .contains(new ContentRange(first, last + 1, OptionalLong.of(last + rest)));
  }

  @Property
  void aRequestedRangeIsReadFromTheResponse(
      @ForAll @LongRange(max = MOST) long first,
      @ForAll @LongRange(min = 1, max = MOST) long size) {
    String asked = new ByteRange(first, first + size).headerValue();
    assertThat(ContentRange.parse(asked.replace('=', ' ') + "/*"))
        .contains(new ContentRange(first, first + size, OptionalLong.empty()));
  }

  @Property
  void retryAfterAcceptsAnyText(@ForAll String text) {
    checkWait(text);
  }

  @Property
  void retryAfterAcceptsSimilarText(@ForAll("likeAWait") String text) {
    checkWait(text);
  }

  @Property
  void retryAfterAcceptsAnyDate(
      @ForAll @LongRange(min = -62_000_000_000L, max = 253_000_000_000L) long second) {
    Instant when = Instant.ofEpochSecond(second);
    String text = DateTimeFormatter.RFC_1123_DATE_TIME.format(when.atOffset(ZoneOffset.UTC));
    checkWait(text);
  }

  private static void checkWait(String text) {
    RetryAfter.parse(text, NOON)
        .ifPresent(wait -> assertThat(wait).isBetween(Duration.ZERO, Duration.ofDays(1)));
  }
}
