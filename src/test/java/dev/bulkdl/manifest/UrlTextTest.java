package dev.bulkdl.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        "http://h/a http://h/a",
        "HTTPS://Host:8443/a?b=c HTTPS://Host:8443/a?b=c",
        "http://h http://h",
        "http://h?x http://h?x",
        "http://h:/a http://h/a",
        "`  http://h/a b?c d  ` http://h/a%20b?c%20d",
        "http://h/ä€𝄞 http://h/%C3%A4%E2%82%AC%F0%9D%84%9E",
        "http://h/a%20b%zz%4 http://h/a%20b%25zz%254",
        "http://h/a[1]|{2}^\"\\<> http://h/a%5B1%5D%7C%7B2%7D%5E%22%5C%3C%3E",
        "http://h/?a[]=1|2 http://h/?a[]=1%7C2",
        "http://h/a;b,c:d@e!$&'()*+= http://h/a;b,c:d@e!$&'()*+=",
        "http://h/a#b?c http://h/a",
        "http://h/a?b#c#d http://h/a?b",
        "http://h/a%23b http://h/a%23b",
        "http://user:p@ss:w%C3%B6rd@h/a http://user:p%40ss:w%C3%B6rd@h/a",
        "http://müller.example/a http://xn--mller-kva.example/a",
        "http://例え.テスト/a http://xn--r8jz45g.xn--zckzah/a",
        "http://[::1]:8080/a http://[::1]:8080/a",
        "http://[2001:db8::7]/a http://[2001:db8::7]/a",
        "http://127.0.0.1:1/a http://127.0.0.1:1/a",
        "http://h:65535/a http://h:65535/a",
        "http://h//a//b http://h//a//b",
        "http://h/a\u2028b http://h/a%E2%80%A8b",
      })
  void readsUrlsAsPeopleWriteThem(String text, String uri) {
    assertThat(UrlText.parse(text)).hasToString(uri);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | the URL is missing",
        "ftp://h/a | only http and https are fetched, not ftp",
        "file:///etc/passwd | only http and https are fetched, not file",
        "jar:http://h/a.jar!/b | only http and https are fetched, not jar",
        "data:text/plain,x | only http and https are fetched, not data",
        "http:///x | the URL has no host",
        "http:x | the URL has no host",
        "http:/x/y | the URL has no host",
        "https:// | the URL has no host",
        "http://user@/x | the URL has no host",
        "http://:80/x | the URL has no host",
        "www.example.org/a | the URL has no scheme; it must begin with http:// or https://",
        "localhost:8080/a | the URL has no scheme; it must begin with http:// or https://",
        "www.example.org:x | the URL has no scheme; it must begin with http:// or https://",
        "//h/a | the URL has no scheme; it must begin with http:// or https://",
        "http://h:99999/x | the URL's port must lie between 1 and 65535",
        "http://h:0/x | the URL's port must lie between 1 and 65535",
        "http://h:-1/x | the URL's port must lie between 1 and 65535",
        "http://h:8o/x | the URL's port must lie between 1 and 65535",
        "http://h:99999999999/x | the URL's port must lie between 1 and 65535",
        "http://[::1/x | the URL's IPv6 address lacks its ']'",
        "http://[::1]8/x | the URL's port must lie between 1 and 65535",
        "http://a b/x | the URL's host name is not allowed",
        "http://a_b/x | the URL's host name is not allowed: it holds _",
        "http://a_b:80/x | the URL's host name is not allowed: it holds _",
        "http://h::/x | the URL's host name is not allowed",
        "http://h::80/x | the URL's host name is not allowed",
        "http://h%41/x | the URL's host name is not allowed",
        "http://℀.example/x | the URL's host name is not allowed",
        "http://-ä-/x | the URL's host name is not allowed",
      })
  void refusesWhatCannotBeFetched(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UrlText.parse(text))
        .withMessageStartingWith(reason);
  }

  @Test
  void refusesLineBreaksAndOtherControlCharacters() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UrlText.parse("http://h/a\r\nHost: x"))
        .withMessageContaining("control character");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/a/b.txt?c/d, b.txt",
    "http://h/a%20b, a b",
    "http://h/%C3%A4, ä",
    "http://h/%E4, %E4",
    "http://h/100%25, 100%",
    "http://h/a%2Fb, a/b",
    "http://h/a+b, a+b",
  })
  void takesTheNameFromThePathsLastSegment(String uri, String name) {
    assertThat(UrlText.fileName(URI.create(uri))).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"http://h", "http://h/", "http://h/a/", "http://h/?a/b"})
  void findsNoNameInAPathThatEndsWithoutOne(String uri) {
    assertThatIllegalArgumentException().isThrownBy(() -> UrlText.fileName(URI.create(uri)));
  }
}
