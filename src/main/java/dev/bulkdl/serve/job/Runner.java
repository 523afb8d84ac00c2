package dev.bulkdl.serve.job;

import dev.bulkdl.engine.TransferEngine;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Schedule;
import dev.bulkdl.serve.job.JobRun.StopReason;
import dev.bulkdl.serve.job.JobTable.Change;
import dev.bulkdl.serve.job.JobTable.Counts;
import dev.bulkdl.serve.job.Scheduling.Decision;
import dev.bulkdl.serve.store.Database;
import dev.bulkdl.serve.store.Sql;
import dev.bulkdl.serve.store.StoreException;
import dev.bulkdl.serve.user.Quota;
import dev.bulkdl.serve.user.User;
import dev.bulkdl.serve.user.Users;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.text.IoText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Starts and ends the runs of jobs. One thread looks at the queue when something changes, and once
 * a second. Thread-safe.
 */
final class Runner implements AutoCloseable {

  private static final long LOOK_MILLIS = 1000;

  /** While a run's user has a quota of bytes. */
  private static final long QUOTA_MILLIS = 250;

  private static final long AGAIN_NANOS = 1_000_000_000;
  private static final double ROOM_TO_GO_ON = 1.1;

  private final JobSettings settings;
  private final Database database;
  private final TransferEngine engine;
  private final JobFolders folders;
  private final UserFolders userFolders;
  private final InstantSource clock;
  private final Consumer<JobChanged> changed;
  private final OutcomeWriter outcomes;
  private final Map<String, JobRun> live = new ConcurrentHashMap<>();
  private final Map<String, Thread> threads = new ConcurrentHashMap<>();
  private final LinkedBlockingQueue<Boolean> wakes = new LinkedBlockingQueue<>();

  private final RunQuotas quotas;
  private final Thread thread;
  private volatile boolean isBounded;
  private volatile boolean closing;
  private volatile boolean draining;
  private volatile JobLimits limits = JobLimits.NONE;

  Runner(
      JobSettings settings,
      Database database,
      TransferEngine engine,
      InstantSource clock,
      Consumer<JobChanged> changed) {
    this.settings = settings;
    this.database = database;
    this.engine = engine;
    this.folders = new JobFolders(settings.stateDir());
    this.userFolders = new UserFolders(settings.stateDir());
    this.clock = clock;
    this.changed = changed;
    this.outcomes = new OutcomeWriter(database, this::stored);
    this.quotas = new RunQuotas(database, this::wake);
    this.thread = Thread.ofPlatform().daemon().name("job-queue").unstarted(this::work);
  }

  void start() {
    thread.start();
  }

  /** Something has changed: looks at the queue soon. */
  void wake() {
    wakes.offer(true);
  }

  Optional<JobRun> live(String id) {
    return Optional.ofNullable(live.get(id));
  }

  Collection<JobRun> live() {
    return List.copyOf(live.values());
  }

  /** Ends the run of a job, if there is one. The database says already what becomes of it. */
  void stop(String id) {
    live(id).ifPresent(run -> run.stop(StopReason.USER));
    wake();
  }

  /** Ends the run of a job, and returns when it has ended. */
  void stopAndWait(String id) {
    stop(id);
    Optional.ofNullable(threads.get(id)).ifPresent(Runner::await);
  }

  private static void await(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  void limit(JobLimits daemon) {
    limits = daemon;
    limitRuns();
  }

  private void work() {
    while (!closing) {
      try {
        wakes.poll(isBounded ? QUOTA_MILLIS : LOOK_MILLIS, TimeUnit.MILLISECONDS);
        wakes.clear();
        if (!closing) {
          look();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (StoreException e) {
        // The database says so to the users; it is tried again.
      }
    }
  }

  private void look() {
    List<JobRow> jobs = database.read(JobTable::unfinished);
    if (jobs.isEmpty() && live.isEmpty()) {
      return;
    }
    isBounded = quotas.check(live());
    for (Decision decision : Scheduling.decide(jobs, world(jobs))) {
      switch (decision) {
        case Decision.Start start -> begin(start.job());
        case Decision.Become become -> become(become.job(), become.change());
        case Decision.Stop stop -> {
          become(stop.job(), stop.change());
          live(stop.job().id()).ifPresent(run -> run.stop(stop.reason()));
        }
      }
    }
  }

  private Scheduling.World world(List<JobRow> jobs) {
    Map<String, Path> places = new HashMap<>();
    List<String> lackSpace = new ArrayList<>();
    List<String> lackQuota = new ArrayList<>();
    Map<String, Boolean> full = new HashMap<>();
    Map<String, Boolean> spent = new HashMap<>();
    for (JobRow job : jobs) {
      folder(job).ifPresent(folder -> places.put(job.id(), folder));
      if (!live.containsKey(job.id())) {
        boolean waits = job.reason().filter("disk"::equals).isPresent();
        if (full.computeIfAbsent(job.root() + waits, same -> lacksSpace(job.root(), waits))) {
          lackSpace.add(job.id());
        }
        if (spent.computeIfAbsent(job.owner(), quotas::isSpent)) {
          lackQuota.add(job.id());
        }
      }
    }
    return new Scheduling.World(
        clock.instant(),
        List.copyOf(live.keySet()),
        places,
        lackSpace,
        lackQuota,
        draining ? 0 : settings.mostJobs());
  }

  private Optional<Path> folder(JobRow job) {
    try {
      return Optional.of(userFolders.resolve(job.root(), job.folder()));
    } catch (InvalidJobException e) {
      return Optional.empty(); // the start says why
    }
  }

  private boolean lacksSpace(String root, boolean waits) {
    double least = settings.leastFree() * (waits ? ROOM_TO_GO_ON : 1);
    OptionalLong free = Disk.free(Path.of(root));
    return free.isPresent() && free.getAsLong() < least;
  }

  /** Sets a state unless the user has changed it meanwhile. */
  private boolean become(JobRow job, Change change) {
    boolean did =
        database.write(
            sql -> {
              Optional<JobRow> now = JobTable.find(sql, job.id());
              return now.filter(each -> each.state() == job.state()).isPresent()
                  && JobTable.set(sql, now.get(), change, clock.instant());
            });
    if (did) {
      changed.accept(new JobChanged.State(job.id()));
    }
    return did;
  }

  private void begin(JobRow job) {
    JobRun run =
        new JobRun(job, database, outcomes, quotas.unfinished(job.id()), this::holdsChanged);
    quotas.begin(run, live());
    live.put(job.id(), run);
    if (!become(job, Change.to(JobState.RUNNING))
        && database
            .read(sql -> JobTable.find(sql, job.id()))
            .filter(now -> now.state() == JobState.RUNNING)
            .isEmpty()) {
      live.remove(job.id());
      return;
    }
    Thread running =
        Thread.ofPlatform().daemon().name("job-" + job.id()).unstarted(() -> runToEnd(run));
    threads.put(job.id(), running);
    isBounded = true; // until the next look knows
    limitRuns();
    running.start();
  }

  private void runToEnd(JobRun run) {
    JobRun.End end;
    try {
      Path folder = userFolders.resolve(run.job().root(), run.job().folder());
      Files.createDirectories(folder);
      end = run.run(engine, settingsOf(run.job(), folder), folders.of(run.id()));
    } catch (IOException e) {
      end = problem(IoText.of(e));
    } catch (RuntimeException e) {
      end = problem(IoText.reason(e));
    }
    try {
      ended(run, end);
    } finally {
      live.remove(run.id());
      threads.remove(run.id());
      limitRuns();
      changed.accept(new JobChanged.State(run.id()));
      wake();
    }
  }

  private static JobRun.End problem(String text) {
    return new JobRun.End(Optional.empty(), false, Optional.of(text));
  }

  private Settings settingsOf(JobRow job, Path folder) {
    DiskSettings usual = settings.run().disk();
    DiskSettings disk =
        new DiskSettings(
            folder,
            Optional.empty(),
            usual.existing(),
            usual.sync(),
            usual.preallocate(),
            usual.writeMode());
    Limits weighed = settings.run().limits().withWeight(RunLimits.weight(job.priority()));
    return settings
        .run()
        .with(disk)
        .with(weighed)
        .with(Schedule.NONE.withMinFreeSpace(settings.leastFree()));
  }

  /** Decides what becomes of a job whose run has ended. */
  private void ended(JobRun run, JobRun.End end) {
    while (true) {
      try {
        database.write(sql -> conclude(sql, run.id(), end));
        return;
      } catch (StoreException e) {
        if (closing) {
          return; // the next start goes on with it
        }
        LockSupport.parkNanos(AGAIN_NANOS);
      }
    }
  }

  private boolean conclude(Sql sql, String id, JobRun.End end) throws SQLException {
    Optional<JobRow> found = JobTable.find(sql, id);
    if (found.isEmpty()) {
      return false;
    }
    JobRow job = found.get();
    boolean works = job.state() == JobState.RUNNING || job.state() == JobState.WAITING;
    if (job.state() == JobState.PAUSING) {
      return JobTable.set(sql, job, Change.to(JobState.PAUSED), clock.instant());
    }
    if (!works || end.stopped().filter(why -> why == StopReason.WINDOW).isPresent()) {
      return false; // what the user or the schedule has decided holds
    }
    return JobTable.set(sql, job, next(JobTable.counts(sql, id), end), clock.instant());
  }

  private static Change next(Counts counts, JobRun.End end) {
    if (end.problem().isPresent()) {
      return Change.paused("error", end.problem().get());
    }
    if (end.diskFull()) {
      return Change.waiting(
          "disk", Optional.empty(), "free some space on the disk; it goes on by itself");
    }
    if (counts.of(FileState.PENDING) > 0) {
      return end.stopped().filter(why -> why == StopReason.QUOTA).isPresent()
          ? Change.waiting(
              "quota", Optional.empty(), "delete files, or ask an administrator for more")
          : Change.to(JobState.QUEUED);
    }
    if (counts.of(FileState.HELD) > 0) {
      return Change.paused("held", "release or cancel the files that are held");
    }
    return Change.to(counts.of(FileState.FAILED) > 0 ? JobState.DONE_WITH_FAILURES : JobState.DONE);
  }

  /** The engine pauses a run, or lets it go on. */
  private void holdsChanged(JobRun run) {
    Thread.ofVirtual()
        .name("job-hold")
        .start(
            () -> {
              database.write(
                  sql -> {
                    // Asked here, so that the last change that is written is the newest.
                    Change to =
                        run.hold()
                            .map(Runner::waiting)
                            .orElseGet(() -> Change.to(JobState.RUNNING));
                    Optional<JobRow> now = JobTable.find(sql, run.id());
                    boolean works =
                        now.filter(
                                job ->
                                    job.state() == JobState.RUNNING
                                        || job.state() == JobState.WAITING)
                            .isPresent();
                    return works
                        && run.stopping().isEmpty()
                        && JobTable.set(sql, now.get(), to, clock.instant());
                  });
              changed.accept(new JobChanged.State(run.id()));
            });
  }

  private static Change waiting(Hold hold) {
    String reason =
        switch (hold.reason()) {
          case SPACE -> "disk";
          case WINDOW, START_TIME -> "window";
          case QUOTA -> "quota";
          case NETWORK, RETRY -> "network";
          case SERVER -> "host";
          case OPERATOR -> "held";
        };
    return Change.waiting(reason, hold.until(), hold.reason().nextStep());
  }

  private void stored(String job, List<Long> rows) {
    live(job).ifPresent(run -> run.stored(rows));
    changed.accept(new JobChanged.Counts(job));
    changed.accept(new JobChanged.Files(job, rows));
  }

  /** Gives each run what it may use beside the others. */
  void limitRuns() {
    for (JobRun run : live.values()) {
      int ofUser =
          (int)
              live.values().stream()
                  .filter(other -> other.job().owner().equals(run.job().owner()))
                  .count();
      database.read(
          sql -> {
            Optional<JobRow> job = JobTable.find(sql, run.id());
            Quota quota = Users.byId(sql, run.job().owner()).map(User::quota).orElse(Quota.NONE);
            job.ifPresent(
                now ->
                    run.limit(RunLimits.of(settings.run().limits(), now, quota, limits, ofUser)));
            return true;
          });
    }
  }

  /** Starts no more jobs; those that run go on. */
  void drain() {
    draining = true;
  }

  /** Stops all runs. What they have done is stored, and the next start goes on from there. */
  @Override
  public void close() {
    closing = true;
    wake();
    await(thread);
    live.values().forEach(run -> run.stop(StopReason.SHUTDOWN));
    List.copyOf(threads.values()).forEach(Runner::await);
    outcomes.flush();
    outcomes.close();
  }
}
