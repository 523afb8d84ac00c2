package dev.bulkdl.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameSourceTest {

  @ParameterizedTest
  @CsvSource({
    "http://h/dl?id=1, http://h/dl?id=1, true",
    "http://h/dl?id=1, http://h/dl?id=2, false",
    "http://h/dl?id=1, http://h/dl, false",
    "http://h/a, https://h/a, true",
    "http://H/a, http://h/a, true",
    "http://h/A, http://h/a, false",
    "http://h/a#x, http://h/a, true",
    "http://u:p@h/a, http://h/a, true",
    "http://h/a, http://mirror/a, false",
    "http://h/a?X-Amz-Date=1&X-Amz-Signature=s, http://h/a?X-Amz-Date=2&X-Amz-Signature=t, true",
    "http://h/a?v=1&Expires=1&Signature=s, http://h/a?v=1&Expires=2&Signature=t, true",
    "http://h/a?v=1&Expires=1&Signature=s, http://h/a?v=2&Expires=1&Signature=s, false",
    "http://h?a=/b, http://h?a=/c, false",
  })
  void comparesWhatNamesTheDocument(String one, String other, boolean same) {
    assertThat(SameSource.is(URI.create(one), SameSource.stored(URI.create(other))))
        .isEqualTo(same);
    assertThat(SameSource.is(URI.create(other), SameSource.stored(URI.create(one))))
        .isEqualTo(same);
  }
}
