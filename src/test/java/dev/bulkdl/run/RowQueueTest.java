package dev.bulkdl.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Origin;
import dev.bulkdl.run.RowQueue.Row;
import dev.bulkdl.run.RowQueue.Rule;
import dev.bulkdl.run.RowQueue.Verdict;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowQueueTest {

  private static final Rule ROOM = host -> Verdict.ROOM;

  private final RowQueue queue = new RowQueue();

  /** Adds rows with names such as {@code a1}: a file of host a. */
  private void add(String... names) {
    for (String name : names) {
      add(name, 0);
    }
  }

  private void add(String name, int priority) {
    Row row = row(name);
    queue.add(new Row(row.download().withPriority(priority), Optional.empty(), 0));
  }

  private static Row row(String name) {
    URI source = URI.create("http://" + name.charAt(0) + "/x");
    return new Row(Download.of(name, source), Optional.empty(), 0);
  }

  private static Origin host(String name) {
    return new Origin("http", name, 80);
  }

  private static String name(Row row) {
    return row.download().target().value();
  }

  private List<String> takeAll(Rule rule) {
    List<String> names = new ArrayList<>();
    for (Optional<Row> next = queue.next(rule); next.isPresent(); next = queue.next(rule)) {
      names.add(name(next.get()));
    }
    return names;
  }

  private static Rule fullAre(String... hosts) {
    return host ->
        Set.of(hosts).contains(host.origin().host()) ? Verdict.HOST_IS_FULL : Verdict.ROOM;
  }

  @Test
  void theRowsOfOneHostKeepTheOrderOfTheList() {
    add("a1", "a2", "a3");
    assertThat(takeAll(ROOM)).containsExactly("a1", "a2", "a3");
  }

  @Test
  void hostsTakeTurns() {
    add("a1", "a2", "a3", "b1", "b2", "c1");
    assertThat(takeAll(ROOM)).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
  }

  /** One place at a time: each file ends before the next begins. */
  @Test
  void hostsTakeTurnsAtOnePlace() {
    add("a1", "a2", "a3", "b1", "b2");
    List<String> names = new ArrayList<>();
    while (queue.size() > 0) {
      Row row = queue.next(ROOM).orElseThrow();
      names.add(name(row));
      queue.ended(row, true);
    }
    assertThat(names).containsExactly("a1", "b1", "a2", "b2", "a3");
  }

  /** The host with fewer files in work goes first. */
  @Test
  void aSlowHostDoesNotTakeThePlacesOfOthers() {
    for (int i = 0; i < 50; i++) {
      add("a" + i, "b" + i);
    }
    for (int place = 0; place < 4; place++) {
      queue.next(ROOM);
    }
    for (int i = 0; i < 40; i++) {
      queue.ended(row("b"), true);
      assertThat(queue.next(ROOM)).map(row -> row.download().origin()).contains(host("b"));
    }
  }

  @Test
  void aHostWithoutRoomHoldsUpNoOther() {
    add("a1", "a2", "b1", "b2");
    assertThat(takeAll(fullAre("a"))).containsExactly("b1", "b2");
    assertThat(queue.size()).isEqualTo(2);
  }

  @Test
  void aHostThatHadNoRoomIsLookedAtAgainWhenAFileOfItHasEnded() {
    add("a1", "a2");
    queue.next(ROOM);
    assertThat(queue.next(fullAre("a"))).isEmpty();
    assertThat(queue.next(ROOM)).isEmpty();
    queue.ended(row("a"), false);
    assertThat(takeAll(ROOM)).containsExactly("a2");
  }

  @Test
  void andWhenOneOfItsFilesHasAConnection() {
    add("a1", "a2");
    queue.next(ROOM);
    assertThat(queue.next(fullAre("a"))).isEmpty();
    queue.asks(host("a"), false);
    assertThat(takeAll(ROOM)).containsExactly("a2");
  }

  @Test
  void andWhenAllHostsAreLookedAtAgain() {
    add("a1");
    assertThat(queue.next(fullAre("a"))).isEmpty();
    queue.reconsiderAll();
    assertThat(takeAll(ROOM)).containsExactly("a1");
  }

  @Test
  void noHostIsFullWhereTheRunIsFull() {
    add("a1", "b1");
    assertThat(queue.next(host -> Verdict.RUN_IS_FULL)).isEmpty();
    assertThat(takeAll(ROOM)).containsExactly("a1", "b1");
  }

  @Test
  void aHigherPriorityGoesFirst() {
    add("a1", 0);
    add("a2", -5);
    add("a3", 7);
    add("b1", 7);
    add("b2", 0);
    assertThat(takeAll(ROOM)).containsExactly("a3", "b1", "a1", "b2", "a2");
  }

  /** A connection that cannot go to the most urgent row is not left idle. */
  @Test
  void aLowerPriorityGoesOnWhereTheHostOfAHigherOneHasNoRoom() {
    add("a1", 7);
    add("b1", 0);
    assertThat(takeAll(fullAre("a"))).containsExactly("b1");
  }

  /** With the order mixed, small files are lane 0 and large ones lane 1. */
  @Test
  void eachLaneHasHalfOfTheFilesInWork() {
    for (int i = 0; i < 20; i++) {
      queue.add(new Row(row("s" + i).download(), Optional.empty(), 0));
      queue.add(new Row(Download.of("l" + i, URI.create("http://s/x")), Optional.empty(), 1));
    }
    Rule four =
        host -> {
          queue.noteFree(host, 4, 4);
          return Verdict.ROOM;
        };
    List<Row> first = new ArrayList<>();
    for (int place = 0; place < 4; place++) {
      first.add(queue.next(four).orElseThrow());
    }
    assertThat(first).extracting(RowQueueTest::name).containsExactly("s0", "l0", "s1", "l1");
    Row small = first.getFirst();
    for (int i = 2; i < 20; i++) {
      queue.ended(small, true);
      small = queue.next(ROOM).orElseThrow();
      assertThat(name(small)).isEqualTo("s" + i);
    }
    queue.ended(small, true);
    assertThat(queue.next(ROOM)).map(RowQueueTest::name).contains("l2");
  }

  @Test
  void countsWhatIsInWork() {
    add("a1", "a2", "a3");
    queue.next(ROOM);
    queue.next(ROOM);
    assertThat(queue.ready()).isEqualTo(2);
    queue.asks(host("a"), false);
    queue.ended(row("a"), true);
    assertThat(queue.ready()).isZero();
    assertThat(queue.begun()).isEqualTo(1);
    assertThat(queue.hasOneHost()).isTrue();
  }

  @Test
  void countsFilesThatNeededNoConnection() {
    add("a1", "a2", "a3", "a4");
    List<Integer> counts = new ArrayList<>();
    Rule noting =
        host -> {
          counts.add(host.endedUnasked());
          return Verdict.ROOM;
        };
    queue.next(noting);
    queue.ended(row("a"), true);
    queue.next(noting);
    queue.ended(row("a"), true);
    queue.next(noting);
    queue.asks(host("a"), false);
    queue.next(noting);
    assertThat(counts).containsExactly(0, 1, 2, 0);
  }

  @Test
  void forgetsAHostWithoutRowsAndFiles() {
    add("a1", "b1");
    takeAll(ROOM);
    assertThat(queue.hasOneHost()).isFalse();
    queue.ended(row("a"), true);
    assertThat(queue.hasOneHost()).isTrue();
  }

  @Test
  void givesAllThatHaveNotBegun() {
    add("a1", "a2", "b1");
    queue.next(ROOM);
    assertThat(queue.takeAll()).extracting(RowQueueTest::name).containsExactly("a2", "b1");
    assertThat(queue.size()).isZero();
    assertThat(queue.waiting(host("a"))).isZero();
  }
}
