package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targets of redirects are resolved by RFC 3986, unlike with java.net.URI. */
class LocationTest {

  @ParameterizedTest
  @CsvSource({
    "http://h/dir/a, b, http://h/dir/b",
    "http://h/dir/a, /b, http://h/b",
    "http://h/dir/a, //o/b, http://o/b",
    "http://h/dir/a, https://o/b, https://o/b",
    "http://h/dir/a, ?q=1, http://h/dir/a?q=1",
    "http://h/dir/a?x=1, ?q=1, http://h/dir/a?q=1",
    "http://h, ?q=1, http://h?q=1",
    "http://h, b, http://h/b",
    "http://h, .evil/b, http://h/.evil/b",
    "http://h?q, b, http://h/b",
    "http://h/dir/a, ../b, http://h/b",
    "http://h/a, ../../b, http://h/b",
    "http://h/dir/a?x=1, '', http://h/dir/a?x=1",
  })
  void resolvesReferences(String base, String location, String target) {
    assertThat(Location.resolve(URI.create(base), location)).hasToString(target);
  }

  @ParameterizedTest
  @CsvSource({
    "/a b, http://h/a%20b",
    "/a|b, http://h/a%7Cb",
    "/50%-off, http://h/50%25-off",
    "/%C3%BC, http://h/%C3%BC",
    "/ü?ü=日, http://h/%C3%BC?%C3%BC=%E6%97%A5",
    "/{x}^`, http://h/%7Bx%7D%5E%60",
  })
  void escapesIllegalCharacters(String location, String target) {
    assertThat(Location.resolve(URI.create("http://h/x"), location)).hasToString(target);
  }
}
