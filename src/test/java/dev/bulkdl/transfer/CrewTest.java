package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.Threads;
import org.junit.jupiter.api.Test;

class CrewTest {

  @Test
  void theFirstIsAlwaysThere() {
    assertThat(new Crew(1).isFull()).isTrue();
    assertThat(new Crew(1).enter()).isFalse();
  }

  @Test
  void admitsAsManyAsMayBe() {
    Crew crew = new Crew(3);
    assertThat(crew.enter()).isTrue();
    assertThat(crew.isFull()).isFalse();
    assertThat(crew.enter()).isTrue();
    assertThat(crew.isFull()).isTrue();
    assertThat(crew.enter()).isFalse();
  }

  @Test
  void whoeverLeavesMayBeReplaced() {
    Crew crew = new Crew(2);
    crew.enter();
    crew.leave();
    assertThat(crew.enter()).isTrue();
  }

  @Test
  void whoeverIsTurnedAwayIsNotReplaced() {
    Crew crew = new Crew(4);
    crew.enter();
    crew.enter();
    crew.admitNoMore();
    crew.leave();
    assertThat(crew.enter()).isFalse();
    crew.leave();
    assertThat(crew.enter()).isTrue();
    assertThat(crew.enter()).isFalse();
  }

  @Test
  void whatTurnedAwayMayBeOver() {
    Crew crew = new Crew(3);
    crew.enter();
    crew.admitNoMore();
    crew.leave();
    crew.admitAgain();
    assertThat(crew.enter()).isTrue();
    assertThat(crew.enter()).isTrue();
    assertThat(crew.enter()).isFalse();
  }

  @Test
  void theFirstIsNeverTurnedAway() {
    Crew crew = new Crew(4);
    crew.admitNoMore();
    crew.admitNoMore();
    assertThat(crew.enter()).isFalse();
    assertThat(crew.isFull()).isTrue();
    crew.awaitAlone();
  }

  @Test
  void theFirstWaitsUntilAllOthersHaveLeft() throws InterruptedException {
    Crew crew = new Crew(3);
    crew.enter();
    crew.enter();
    Threads first = Threads.start(crew::awaitAlone);
    first.awaitBlocked();
    crew.leave();
    first.awaitBlocked();
    crew.leave();
    assertThat(first.join()).isNull();
  }
}
