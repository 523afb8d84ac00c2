package dev.bulkdl.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatesTest {

  private record Thing(String name, long count) {}

  private final Rates<String, Thing, String> rates =
      new Rates<>(Thing::name, Thing::count, (name, thing, rate) -> name + " " + rate);

  private List<String> at(long millis, Thing... things) {
    return rates.rows(Duration.ofMillis(millis), List.of(things));
  }

  @Test
  void aRateIsKnownAfterASecond() {
    assertThat(at(0, new Thing("a", 500))).containsExactly("a 0");
    assertThat(at(500, new Thing("a", 1000))).containsExactly("a 0");
    assertThat(at(1000, new Thing("a", 2500))).containsExactly("a 2000");
  }

  @Test
  void isSmoothed() {
    at(0, new Thing("a", 0));
    at(1000, new Thing("a", 1000));
    assertThat(at(2000, new Thing("a", 1000))).containsExactly("a 779");
    for (int i = 3; i < 60; i++) {
      at(1000L * i, new Thing("a", 1000));
    }
    assertThat(at(60_000, new Thing("a", 1000))).containsExactly("a 0");
  }

  @Test
  void thingsAreInTheOrderInWhichTheyCame() {
    at(0, new Thing("b", 0), new Thing("c", 0));
    assertThat(at(250, new Thing("a", 0), new Thing("c", 0), new Thing("b", 0)))
        .containsExactly("b 0", "c 0", "a 0");
    at(500, new Thing("c", 0));
    assertThat(at(750, new Thing("b", 0), new Thing("c", 0))).containsExactly("c 0", "b 0");
  }

  @Test
  void whatBeganAnewHasNoNegativeRate() {
    at(0, new Thing("a", 0));
    at(1000, new Thing("a", 5000));
    at(2000, new Thing("a", 0));
    assertThat(at(3000, new Thing("a", 4000))).allMatch(row -> !row.contains("-"));
  }

  @Test
  void namesAreSafe() {
    assertThat(at(0, new Thing("a\u001b[2J?token=hunter2", 0)))
        .containsExactly("a\\u001b[2J?token=*** 0");
  }
}
