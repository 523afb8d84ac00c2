package dev.bulkdl.serve.job;

import dev.bulkdl.serve.store.Database;
import dev.bulkdl.serve.store.Sql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Sums all jobs up, and keeps the rates of the last quarter of an hour. Thread-safe. */
final class Overviews implements AutoCloseable {

  private static final long STEP_SECONDS = 5;
  private static final int POINTS = 180;

  private final Database database;
  private final Runner runner;
  private final InstantSource clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Point> points = new ArrayDeque<>();

  private record Point(Instant at, Map<String, Long> rateOfUser) {
    long rate(Optional<String> owner) {
      return owner
          .map(user -> rateOfUser.getOrDefault(user, 0L))
          .orElseGet(() -> rateOfUser.values().stream().mapToLong(Long::longValue).sum());
    }
  }

  Overviews(Database database, Runner runner, InstantSource clock) {
    this.database = database;
    this.runner = runner;
    this.clock = clock;
  }

  void start() {
    Thread.ofPlatform().daemon().name("job-rates").start(this::sample);
  }

  private void sample() {
    try {
      while (!closing.await(STEP_SECONDS, TimeUnit.SECONDS)) {
        Map<String, Long> rates = new HashMap<>();
        for (JobRun run : runner.live()) {
          rates.merge(run.job().owner(), run.sample().rate(), Long::sum);
        }
        keep(new Point(clock.instant(), rates));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep(Point point) {
    lock.lock();
    try {
      points.addLast(point);
      if (points.size() > POINTS) {
        points.removeFirst();
      }
    } finally {
      lock.unlock();
    }
  }

  private List<Overview.Point> plot(Optional<String> owner) {
    lock.lock();
    try {
      return points.stream().map(point -> new Overview.Point(point.at, point.rate(owner))).toList();
    } finally {
      lock.unlock();
    }
  }

  Overview now(Optional<String> owner) {
    long rate = 0;
    int connections = 0;
    int active = 0;
    long expected = 0;
    for (JobRun run : runner.live()) {
      if (owner.isEmpty() || owner.get().equals(run.job().owner())) {
        LiveSample sample = run.sample();
        rate += sample.rate();
        connections += sample.progress().connections();
        active += sample.progress().active().size();
        expected += sample.progress().expected();
      }
    }
    OptionalLong free = free(owner);
    Optional<Instant> full =
        free.isPresent() && rate > 0 && expected > free.getAsLong()
            ? Optional.of(clock.instant().plusSeconds(free.getAsLong() / rate))
            : Optional.empty();
    return new Overview(
        rate, connections, active, free, full, database.read(sql -> jobs(sql, owner)), plot(owner));
  }

  private OptionalLong free(Optional<String> owner) {
    List<String> roots =
        database.read(
            sql ->
                owner.isPresent()
                    ? sql.list(
                        "SELECT root FROM users WHERE id = ?", row -> row.getString(1), owner.get())
                    : sql.list("SELECT root FROM users LIMIT 100", row -> row.getString(1)));
    return roots.stream()
        .map(root -> Disk.free(Path.of(root)))
        .flatMapToLong(OptionalLong::stream)
        .min();
  }

  private static Map<JobState, Long> jobs(Sql sql, Optional<String> owner) throws SQLException {
    Map<JobState, Long> all = new EnumMap<>(JobState.class);
    for (JobState state : JobState.values()) {
      all.put(state, 0L);
    }
    List<Group> groups =
        sql.list(
            "SELECT state, count(*) FROM jobs WHERE owner = ifnull(?, owner) GROUP BY state",
            row -> new Group(row.getString(1), row.getLong(2)),
            owner);
    groups.forEach(
        group -> JobState.named(group.state).ifPresent(state -> all.put(state, group.jobs)));
    return all;
  }

  private record Group(String state, long jobs) {}

  @Override
  public void close() {
    closing.countDown();
  }
}
