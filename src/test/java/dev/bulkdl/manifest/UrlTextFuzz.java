package dev.bulkdl.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.bulkdl.model.Origin;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A URL as people write it is either refused with a reason or has exactly one meaning. */
class UrlTextFuzz {

  private static final Pattern WEB =
      Pattern.compile(
          "(?i)(https?)://(?:[!-~&&[^/?#@]]*@)?(\\[[0-9a-f:.]+(?:%[a-z0-9_.]+)?]|[a-z0-9._-]+)(:[0-9]+)?"
              + "(/[!-~&&[^?#]]*)?(\\?[!-~&&[^#]]*)?");

  @DictionaryEntries({
    "http://",
    "https://",
    "@",
    ":80",
    "[::1]",
    "%2f",
    "xn--",
    "\\xef\\xbc\\x8f",
    "\\xe3\\x80\\x82",
    "\\xc3\\xa4"
  })
  @FuzzTest
  void meansOnePlace(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    URI uri;
    try {
      uri = UrlText.parse(text);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining(" ");
      return;
    }
    assertThat(uri.toString()).matches(WEB);
    assertThat(UrlText.parse(uri.toString())).isEqualTo(uri);
    assertHost(text, Origin.of(uri).host());
    assertName(uri);
  }

  /** Asserts that the host is the one in the text, if it is ASCII. */
  private static void assertHost(String text, String host) {
    Matcher authority = Pattern.compile("[^:]*://([^/?#]*)").matcher(text.strip());
    assertThat(authority.lookingAt()).isTrue();
    String written = authority.group(1).substring(authority.group(1).lastIndexOf('@') + 1);
    if (written.chars().allMatch(c -> c < 0x80)) {
      assertThat(written.toLowerCase(Locale.ROOT)).startsWith(host);
    }
  }

  private static void assertName(URI uri) {
    try {
      assertThat(UrlText.fileName(uri)).isNotEmpty();
    } catch (IllegalArgumentException e) {
      assertThat(uri.getRawPath()).matches("(?:.*/)?");
    }
  }
}
