package dev.bulkdl.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {

  private static Failure.Http http(int status) {
    return new Failure.Http(status, "", Optional.empty());
  }

  @Test
  void theNetworksFailuresMayPass() {
    List<Failure> passing =
        List.of(
            new Failure.Dns(""),
            new Failure.Connect(""),
            new Failure.Timeout(""),
            new Failure.Reset(""),
            new Failure.Truncated(""));
    assertThat(passing).allMatch(Failure::isTransient);
  }

  @Test
  void allOthersStay() {
    List<Failure> lasting =
        List.of(
            new Failure.Tls(""),
            new Failure.Range(""),
            new Failure.Changed(""),
            new Failure.Checksum(""),
            new Failure.Disk("", true),
            new Failure.Disk("", false),
            new Failure.Name(""),
            new Failure.Exists(""),
            new Failure.Cancelled(""));
    assertThat(lasting).noneMatch(Failure::isTransient);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 421, 425, 429, 500, 502, 503, 504, 507, 509, 520, 522, 524, 530})
  void timeoutsOverloadAndServerErrorsMayPass(int status) {
    assertThat(http(status).isTransient()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 204, 301, 304, 400, 401, 402, 403, 404, 405, 410, 416, 451, 501, 505, 519, 531})
  void refusalsRedirectsAndNonsenseStay(int status) {
    assertThat(http(status).isTransient()).isFalse();
  }

  @Test
  void onlyTwoStatusesAskForPatience() {
    assertThat(http(429).isThrottle()).isTrue();
    assertThat(http(503).isThrottle()).isTrue();
    assertThat(http(500).isThrottle()).isFalse();
    assertThat(http(502).isThrottle()).isFalse();
  }

  @Test
  void anAnswerShowsThatTheNetworkIsThere() {
    assertThat(http(503).isNetwork()).isFalse();
    assertThat(new Failure.Tls("").isNetwork()).isFalse();
    assertThat(new Failure.Truncated("").isNetwork()).isFalse();
    assertThat(new Failure.Dns("").isNetwork()).isTrue();
    assertThat(new Failure.Connect("").isNetwork()).isTrue();
    assertThat(new Failure.Timeout("").isNetwork()).isTrue();
    assertThat(new Failure.Reset("").isNetwork()).isTrue();
  }

  @Test
  void isLabelledAsInTheResults() {
    List<Failure> all =
        List.of(
            new Failure.Dns(""),
            new Failure.Connect(""),
            new Failure.Tls(""),
            new Failure.Timeout(""),
            new Failure.Reset(""),
            http(404),
            new Failure.Truncated(""),
            new Failure.Range(""),
            new Failure.Changed(""),
            new Failure.Checksum(""),
            new Failure.Disk("", false),
            new Failure.Name(""),
            new Failure.Exists(""),
            new Failure.Cancelled(""));
    assertThat(all)
        .extracting(Failure::label)
        .containsExactly(
            "dns connect tls timeout reset http truncated range changed checksum disk name exists cancelled"
                .split(" "));
    assertThat(Failure.class.getPermittedSubclasses()).hasSameSizeAs(all);
  }
}
