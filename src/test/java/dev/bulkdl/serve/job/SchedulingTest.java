package dev.bulkdl.serve.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Window;
import dev.bulkdl.serve.job.Scheduling.Decision;
import dev.bulkdl.serve.job.Scheduling.World;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SchedulingTest {

  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final JobSchedule NIGHT =
      new JobSchedule(Optional.empty(), List.of(Window.parse("22:00-06:00")), ZoneOffset.UTC);

  private static JobRow job(String id, JobState state, JobSchedule schedule) {
    return new JobRow(
        id,
        "u",
        "",
        "/r",
        id,
        "",
        state,
        Optional.empty(),
        NOON,
        Optional.empty(),
        Optional.empty(),
        0,
        1,
        NOON,
        Optional.empty(),
        Optional.empty(),
        id,
        JobLimits.NONE,
        schedule,
        1,
        0);
  }

  private static JobRow queued(String id) {
    return job(id, JobState.QUEUED, JobSchedule.NONE);
  }

  private static World world(List<String> live, Map<String, Path> folders, int most) {
    return new World(NOON, live, folders, List.of(), List.of(), most);
  }

  private static Map<String, Path> folders(String... ids) {
    Map<String, Path> all = new HashMap<>();
    for (String id : ids) {
      all.put(id, Path.of("/r", id));
    }
    return all;
  }

  private static String shown(Decision decision) {
    return switch (decision) {
      case Decision.Start start -> "start " + start.job().id();
      case Decision.Stop stop ->
          "stop %s %s %s".formatted(stop.job().id(), stop.reason(), stop.change().state().label());
      case Decision.Become become ->
          "%s %s %s"
              .formatted(
                  become.job().id(),
                  become.change().state().label(),
                  become.change().reason().orElse(""));
    };
  }

  private static List<String> decide(World world, JobRow... jobs) {
    return Scheduling.decide(List.of(jobs), world).stream().map(SchedulingTest::shown).toList();
  }

  @Test
  void theFirstOnesStartAndTheOthersWaitForTheirTurn() {
    assertThat(
            decide(
                world(List.of("a"), folders("a", "b", "c"), 2),
                job("a", JobState.RUNNING, JobSchedule.NONE),
                queued("b"),
                queued("c")))
        .containsExactly("start b", "c queued turn");
  }

  @Test
  void twoJobsNeverWriteToOneFolder() {
    Map<String, Path> nested =
        Map.of("a", Path.of("/r/x"), "b", Path.of("/r/x/y"), "c", Path.of("/r/xy"));
    assertThat(decide(world(List.of(), nested, 4), queued("a"), queued("b"), queued("c")))
        .containsExactly("start a", "b queued turn", "start c");
  }

  @Test
  void aJobOutsideOfItsWindowStopsAndWaits() {
    assertThat(
            decide(
                world(List.of("a"), folders("a", "b"), 4),
                job("a", JobState.RUNNING, NIGHT),
                job("b", JobState.QUEUED, NIGHT)))
        .containsExactly("stop a WINDOW waiting", "b waiting window");
  }

  @Test
  void aJobWithAStartTimeIsScheduled() {
    JobSchedule later =
        new JobSchedule(Optional.of(NOON.plusSeconds(60)), List.of(), ZoneOffset.UTC);
    assertThat(decide(world(List.of(), folders("a"), 4), job("a", JobState.QUEUED, later)))
        .containsExactly("a scheduled start");
  }

  @Test
  void aStartTimeOutsideOfTheWindowMeansTheNextWindow() {
    JobSchedule both =
        new JobSchedule(Optional.of(NOON.plusSeconds(60)), NIGHT.windows(), ZoneOffset.UTC);
    assertThat(both.next(NOON)).contains(Instant.parse("2026-11-30T22:00:00Z"));
  }

  @Test
  void whatLacksSpaceOrQuotaWaits() {
    World lacking = new World(NOON, List.of(), folders("a", "b"), List.of("a"), List.of("b"), 4);
    assertThat(decide(lacking, queued("a"), queued("b")))
        .containsExactly("a waiting disk", "b waiting quota");
  }

  @Test
  void aJobThatWasPausedWhileItEndedIsPaused() {
    assertThat(
            decide(world(List.of(), folders("a"), 4), job("a", JobState.PAUSING, JobSchedule.NONE)))
        .containsExactly("a paused ");
  }

  @Test
  void whatIsSoAlreadyIsNotDecidedAgain() {
    JobRow waiting =
        new JobRow(
            "a",
            "u",
            "",
            "/r",
            "a",
            "",
            JobState.WAITING,
            Optional.of("window"),
            NOON,
            Optional.of(Instant.parse("2026-11-30T22:00:00Z")),
            Optional.of("it goes on by itself when its window begins"),
            0,
            1,
            NOON,
            Optional.empty(),
            Optional.empty(),
            "a",
            JobLimits.NONE,
            NIGHT,
            1,
            0);
    assertThat(decide(world(List.of(), folders("a"), 4), waiting)).isEmpty();
  }
}
