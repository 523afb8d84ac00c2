package dev.bulkdl.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:s3cret@h/x",
        "http://s3cret@h/x",
        "http://u:p@s3cret@h/x",
        "https://h/x?token=s3cret",
        "https://h/x?a=1&access_token=s3cret&b=2",
        "https://h/x?X-Amz-Signature=s3cret",
        "https://h/x?X-Amz-Security-Token=s3cret&X-Amz-Date=1",
        "https://h/x?X-Amz-Credential=s3cret",
        "https://h/x?sv=1&sig=s3cret",
        "https://h/x?SIG=s3cret",
        "https://h/x?api_key=s3cret",
        "https://h/x?apikey=s3cret",
        "https://h/x?api-key=s3cret",
        "https://h/x?key=s3cret",
        "https://h/x?password=s3cret",
        "https://h/x?client_secret=s3cret",
        "https://h/x;sessionid=s3cret",
        "https://h/x?auth=s3cret",
        "https://h/x?pwd=s3cret",
        "https://h/x?a=1;token=s3cret",
        "https://h/x?a=b=1&=&token=s3cret",
        "https://h/x?token?x;y=s3cret=s3cret;s3cret?s3cret",
        "?sig=s3cret",
        "&token=s3cret",
        "GET http://u:s3cret@h/x failed after http://h/y?token=s3cret, see http://s3cret@z/",
      })
  void showsNoSecret(String text) {
    assertThat(Redaction.of(text)).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "http://user:pw@h:81/x?q=1, http://h:81/x?q=1",
    "https://h/x?a=1&token=t&b=2, https://h/x?a=1&token=***&b=2",
    "https://h/x?token=t#frag, https://h/x?token=***#frag",
    "https://h/mail@example?q=a@b, https://h/mail@example?q=a@b",
    "https://h/x?signed=1&keys=2&author=me, https://h/x?signed=1&keys=2&author=me",
    "https://h/token=1/x, https://h/token=1/x",
    "https://h/x?a&token&b=1&sig=, https://h/x?a&token&b=1&sig=***",
    "token=1 sig=2, token=1 sig=2",
    "nothing to hide, nothing to hide",
  })
  void keepsEverythingElse(String text, String shown) {
    assertThat(Redaction.of(text)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "http://u:s3cr/et@h/x, ***@h/x",
    "u:s3cret@h, ***@h",
    "http://u:s3 cret@h/a@b, ***@b",
    "ftp://h/x?sig=s3cret, ftp://h/x?sig=***",
    "http://h/x, http://h/x",
  })
  void showsNothingBeforeTheLastAtOfABrokenUri(String text, String shown) {
    assertThat(Redaction.ofBrokenUri(text)).isEqualTo(shown);
  }

  @Test
  void takesUrisToo() {
    assertThat(Redaction.of(URI.create("http://u:p@h/x?sig=1"))).isEqualTo("http://h/x?sig=***");
  }

  @Test
  void showsControlFormatAndLineCharactersAsEscapes() {
    assertThat(Redaction.printable("a\u001b[31mb\r\n\u0000"))
        .isEqualTo("a\\u001b[31mb\\u000d\\u000a\\u0000");
    assertThat(Redaction.printable("\u202eexe.txt")).isEqualTo("\\u202eexe.txt");
    assertThat(Redaction.printable("a\u2028b\u2029c")).isEqualTo("a\\u2028b\\u2029c");
    assertThat(Redaction.printable("\u009b2J")).isEqualTo("\\u009b2J");
    assertThat(Redaction.printable("lone \ud800")).isEqualTo("lone \\ud800");
  }

  @Test
  void leavesPrintableTextOfAnyScriptAlone() {
    String text = "naïve 日本 😀 Ω";
    assertThat(Redaction.printable(text)).isSameAs(text);
    assertThat(Redaction.of(text)).isEqualTo(text);
  }

  /**
   * Two megabytes from outside, made to be looked at again and again. Where the work grows with the
   * square of the length, that takes far more than the minute that it is given.
   */
  @ParameterizedTest
  @ValueSource(strings = {"?", "&", ";", "=", "a", "?a", "&=", "://", "://@", "?token", "\u001b"})
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void comesToAnEndWithLongText(String piece) {
    String text = piece.repeat(2_000_000 / piece.length());
    assertThat(Redaction.of("?sig=s3cret&" + text + " ?sig=s3cret")).doesNotContain("s3cret");
  }

  @Test
  void escapesWhatItRedacts() {
    assertThat(Redaction.of("http://u:p@h/\u001b?token=x")).isEqualTo("http://h/\\u001b?token=***");
  }
}
