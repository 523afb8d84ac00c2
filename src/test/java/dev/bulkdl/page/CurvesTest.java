package dev.bulkdl.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.model.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurvesTest {

  private final Curves curves = new Curves();

  private void at(double seconds, long received, HostSnapshot... hosts) {
    curves.add(
        new RunProgress(
            Duration.ofMillis(Math.round(1000 * seconds)),
            10,
            received / 100,
            0,
            0,
            0,
            received,
            0,
            0,
            OptionalLong.empty(),
            List.of(),
            false,
            0,
            hosts.length,
            16,
            OptionalLong.empty(),
            List.of(hosts),
            List.of()));
  }

  private static HostSnapshot host(String name, long received) {
    return new HostSnapshot(new Origin("http", name, 80), 1, 4, "", received, 0, Optional.empty());
  }

  @Test
  void isEmptyWithoutProgress() {
    assertThat(curves.drawn().seconds()).isEmpty();
    assertThat(curves.drawn().bytesPerSecond()).isEmpty();
    assertThat(curves.drawn().hosts()).isEmpty();
  }

  @Test
  void showsWhatCameSinceTheLastTime() {
    at(0.25, 100, host("a", 100));
    at(0.5, 400, host("a", 400));
    Curves.Drawn drawn = curves.drawn();
    assertThat(drawn.seconds()).containsExactly(0.125, 0.375);
    assertThat(drawn.bytesPerSecond()).containsExactly(400L, 1200L);
    assertThat(drawn.connections()).containsExactly(1.0, 1.0);
    assertThat(drawn.filesPerSecond()).containsExactly(4.0, 12.0);
    assertThat(drawn.hosts()).as("one host is no other than all").isEmpty();
  }

  @Test
  void tellsHostsApartThatComeAndGo() {
    at(0.25, 300, host("a", 100), host("b", 200));
    at(0.5, 400, host("a", 200));
    at(0.75, 450, host("a", 200), host("b", 50)); // the count of b was reset
    assertThat(curves.drawn().hosts())
        .containsExactly(
            new Curves.Line("http://b:80", List.of(800L, 0L, 200L)),
            new Curves.Line("http://a:80", List.of(400L, 400L, 0L)));
  }

  /** The host comes into use and goes out of use between two samples. */
  @Test
  void countsAHostThatProgressDoesNotShow() {
    at(0.25, 100, host("a", 100));
    curves.delivered(new Origin("http", "a", 80), 150);
    curves.delivered(new Origin("http", "brief", 80), 300);
    at(0.5, 450);
    assertThat(curves.drawn().hosts())
        .containsExactly(
            new Curves.Line("http://brief:80", List.of(0L, 1200L)),
            new Curves.Line("http://a:80", List.of(400L, 200L)));
  }

  /** The host has no connection at one sample, but its count continues. */
  @Test
  void countsNothingTwice() {
    at(0.25, 1100, host("a", 1000), host("b", 100));
    curves.delivered(new Origin("http", "a", 80), 1200);
    at(0.5, 1300, host("b", 100));
    at(0.75, 1400, host("a", 1300), host("b", 100));
    assertThat(curves.drawn().hosts())
        .contains(new Curves.Line("http://a:80", List.of(4000L, 800L, 400L)));
  }

  @Test
  void countsTheOthersTogether() {
    HostSnapshot[] many =
        IntStream.range(0, 100)
            .mapToObj(i -> host("host" + i, i == 5 ? 1000 : 100))
            .toArray(HostSnapshot[]::new);
    at(0.25, 1000 + 99 * 100, many);
    assertThat(curves.drawn().hosts())
        .hasSize(8)
        .startsWith(new Curves.Line("http://host5:80", List.of(4000L)))
        .endsWith(new Curves.Line("others", List.of(4 * 93 * 100L)));
  }

  @Test
  void isNoLongerForALongRun() {
    for (int i = 1; i <= 40_000; i++) {
      at(i / 4.0, 100L * i, host("a", 50L * i), host("b", 50L * i));
    }
    assertThat(curves.drawn().seconds()).hasSizeBetween(240, 480);
    assertThat(curves.drawn().bytesPerSecond()).containsOnly(400L);
    assertThat(curves.drawn().hosts()).allMatch(line -> line.bytesPerSecond().contains(200L));
  }
}
