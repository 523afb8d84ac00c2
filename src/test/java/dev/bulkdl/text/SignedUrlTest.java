package dev.bulkdl.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedUrlTest {

  @ParameterizedTest
  @CsvSource(
      value = {
        "X-Amz-Algorithm=A&X-Amz-Date=20270102T030405Z&X-Amz-Expires=600 | 2027-01-02T03:14:05Z",
        "x=1&x-goog-date=20270102T030405Z&x-goog-expires=1 | 2027-01-02T03:04:06Z",
        "Expires=1800000000&Signature=s&Key-Pair-Id=k | 2027-01-15T08:00:00Z",
        "AWSAccessKeyId=k&expires=1800000000 | 2027-01-15T08:00:00Z",
        "sv=2023&se=2027-01-02T03%3A04%3A05Z&sig=s | 2027-01-02T03:04:05Z",
        "se=2027-01-02&sig=s | 2027-01-02T00:00:00Z"
      },
      delimiter = '|')
  void readsWhenASignatureExpires(String query, Instant expiry) {
    assertThat(SignedUrl.expiry("https://h/a?" + query)).contains(expiry);
  }

  @Test
  void readsThePolicyOfCloudFront() {
    String policy =
        "{\"Statement\":[{\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":1800000000}}}]}";
    String text =
        Base64.getEncoder()
            .encodeToString(policy.getBytes(StandardCharsets.UTF_8))
            .replace('+', '-')
            .replace('=', '_')
            .replace('/', '~');
    assertThat(SignedUrl.expiry("https://h/a?Policy=" + text + "&Signature=s"))
        .contains(Instant.ofEpochSecond(1_800_000_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?a=b",
        "?Expires=soon",
        "?Expires=99999999999999999",
        "?X-Amz-Date=2027&X-Amz-Expires=5",
        "?X-Amz-Date=20270102T030405Z&X-Amz-Expires=x",
        "?X-Amz-Date=20270102T030405Z&X-Amz-Expires=999999999999999999",
        "?se=tomorrow",
        "?se=%zz",
        "?Policy=%%%",
        "?Policy=!!!",
        "?course=2027-01-01"
      })
  void knowsNothingOfOthers(String query) {
    assertThat(SignedUrl.expiry("https://h/a" + query)).isEmpty();
  }
}
