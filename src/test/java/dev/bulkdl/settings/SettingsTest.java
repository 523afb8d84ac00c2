package dev.bulkdl.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bulkdl.model.ExistingPolicy;
import dev.bulkdl.model.SyncPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final OptionalLong NO_SPEED = OptionalLong.empty();

  @Test
  void hasTheDefaultsOfTheContract() {
    Settings settings = Settings.in(Path.of("out"));
    assertThat(settings.limits())
        .isEqualTo(new Limits(256, 128, 64, 64, 1024 * 1024).withAdaptive(true));
    assertThat(Limits.FIXED).isEqualTo(new Limits(32, 64, 16, 4, 16L * 1024 * 1024));
    assertThat(settings.patience())
        .isEqualTo(new RetrySettings(10, SECOND, Duration.ofSeconds(60), Optional.empty()));
    assertThat(settings.timeouts())
        .isEqualTo(
            new Timeouts(
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                NO_SPEED,
                Duration.ofSeconds(30)));
    assertThat(settings.http()).isEqualTo(new HttpSettings(List.of(), Optional.empty(), false));
    assertThat(settings.disk())
        .isEqualTo(
            new DiskSettings(
                Path.of("out"),
                Optional.empty(),
                new ExistingPolicy(false, false, false, false, false),
                SyncPolicy.LARGE,
                true,
                WriteMode.AUTO));
  }

  static List<Arguments> wrong() {
    List<Arguments> wrong = new ArrayList<>();
    wrong.add(wrong("maxFiles", () -> Limits.DEFAULTS.withMaxFiles(0)));
    wrong.add(wrong("maxConnections", () -> Limits.DEFAULTS.withMaxConnections(0)));
    wrong.add(wrong("maxPerHost", () -> Limits.DEFAULTS.withMaxPerHost(-1)));
    wrong.add(wrong("segments", () -> Limits.DEFAULTS.withSegments(0, 1)));
    wrong.add(wrong("segmentMin", () -> Limits.DEFAULTS.withSegments(1, 0)));
    wrong.add(wrong("retries", () -> RetrySettings.DEFAULTS.withRetries(-1)));
    wrong.add(wrong("delay", () -> RetrySettings.DEFAULTS.withDelays(Duration.ZERO, SECOND)));
    wrong.add(wrong("maxDelay", () -> RetrySettings.DEFAULTS.withDelays(SECOND, SECOND.negated())));
    wrong.add(
        wrong("connect", () -> new Timeouts(Duration.ZERO, SECOND, SECOND, NO_SPEED, SECOND)));
    wrong.add(
        wrong("response", () -> new Timeouts(SECOND, Duration.ZERO, SECOND, NO_SPEED, SECOND)));
    wrong.add(wrong("idle", () -> new Timeouts(SECOND, SECOND, Duration.ZERO, NO_SPEED, SECOND)));
    wrong.add(
        wrong("minSpeed", () -> new Timeouts(SECOND, SECOND, SECOND, OptionalLong.of(0), SECOND)));
    wrong.add(
        wrong(
            "minSpeedWindow", () -> new Timeouts(SECOND, SECOND, SECOND, NO_SPEED, Duration.ZERO)));
    return wrong;
  }

  private static Arguments wrong(String setting, Supplier<Object> settings) {
    return Arguments.of(setting, settings);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void namesTheSettingThatIsWrong(String setting, Supplier<Object> settings) {
    assertThatIllegalArgumentException()
        .isThrownBy(settings::get)
        .withMessageStartingWith(setting + " must be");
  }

  @Test
  void takesNoRetriesAtAll() {
    assertThat(RetrySettings.DEFAULTS.withRetries(0).retries()).isZero();
  }

  @Test
  void changesOnePartAtATime() {
    Settings settings = Settings.in(Path.of("out"));
    Limits limits = Limits.DEFAULTS.withMaxFiles(1).withMaxConnections(2).withMaxPerHost(3);
    assertThat(limits).isEqualTo(new Limits(1, 2, 3, 64, 1 << 20).withAdaptive(true));
    assertThat(limits.withAdaptive(false)).isEqualTo(new Limits(1, 2, 3, 64, 1 << 20));
    assertThat(settings.with(limits).limits()).isEqualTo(limits);
    assertThat(settings.with(limits).with(Limits.DEFAULTS)).isEqualTo(settings);
    assertThat(settings.with(RetrySettings.DEFAULTS.withRetries(3)).patience().retries())
        .isEqualTo(3);
    assertThat(settings.with(DiskSettings.in(Path.of("else"))).disk().outputDir())
        .isEqualTo(Path.of("else"));
  }

  @Test
  void probesOnlyWhatCanBeFetched() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new RetrySettings(
                    1, SECOND, SECOND, Optional.of(URI.create("file:///etc/passwd"))));
  }

  @Test
  void printsNoHeader() {
    HttpSettings http =
        new HttpSettings(List.of(Map.entry("X-Token", "s3cret")), Optional.empty(), false);
    assertThat(http.toString()).doesNotContain("s3cret", "X-Token");
    assertThat(Settings.in(Path.of("out")).with(http).toString()).doesNotContain("s3cret");
  }

  @Test
  void forcesFilesFrom64MebibytesUnlessToldOtherwise() {
    assertThat(SyncPolicy.LARGE.covers(64L << 20)).isTrue();
    assertThat(SyncPolicy.LARGE.covers((64L << 20) - 1)).isFalse();
    assertThat(SyncPolicy.ALWAYS.covers(0)).isTrue();
    assertThat(SyncPolicy.NEVER.covers(1L << 50)).isFalse();
  }
}
