package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentRangeTest {

  @Test
  void readsTheRangeAndTheTotal() {
    ContentRange range = ContentRange.parse("bytes 500-999/8000").orElseThrow();
    assertThat(range).isEqualTo(new ContentRange(500, 1000, OptionalLong.of(8000)));
    assertThat(range.isHeld()).isTrue();
  }

  @Test
  void readsAnUnknownTotal() {
    assertThat(ContentRange.parse("bytes 0-0/*"))
        .contains(new ContentRange(0, 1, OptionalLong.empty()));
  }

  @Test
  void readsAnUnsatisfiedRange() {
    ContentRange range = ContentRange.parse("bytes */8000").orElseThrow();
    assertThat(range.total()).hasValue(8000);
    assertThat(range.isHeld()).isFalse();
    assertThat(ContentRange.parse("bytes */0").orElseThrow().total()).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"  bytes 0-9/10 ", "Bytes 0-9/10", "BYTES  0-9/10", "bytes\t0-9/10"})
  void readsAnyCaseAndSpace(String field) {
    assertThat(ContentRange.parse(field)).contains(new ContentRange(0, 10, OptionalLong.of(10)));
  }

  @Test
  void readsTheLastByteOfTheFile() {
    assertThat(ContentRange.parse("bytes 9-9/10"))
        .contains(new ContentRange(9, 10, OptionalLong.of(10)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes 0-9",
        "0-9/10",
        "bytes 9-0/10",
        "bytes 0-10/10",
        "bytes 5-20/10",
        "bytes -5/10",
        "bytes 5-/10",
        "bytes 0--1/10",
        "bytes */*",
        "bytes 0-9/-1",
        "bytes a-b/c",
        "lines 0-9/10",
        "bytes 0-9/10, 20-29/30",
        "bytes 0-9999999999999999999/*",
        "bytes 18446744073709551616-18446744073709551617/*",
        "bytes ٠-٩/١٠",
      })
  void refusesOtherTextAndContradictions(String field) {
    assertThat(ContentRange.parse(field)).isEmpty();
  }
}
