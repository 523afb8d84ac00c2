package dev.bulkdl.serve;

import dev.bulkdl.engine.EngineSettings;
import dev.bulkdl.engine.ProgramVersion;
import dev.bulkdl.serve.job.JobLimits;
import dev.bulkdl.serve.job.JobSettings;
import dev.bulkdl.serve.job.Jobs;
import dev.bulkdl.serve.store.Database;
import dev.bulkdl.serve.user.Accounts;
import dev.bulkdl.serve.user.Quota;
import dev.bulkdl.serve.user.Role;
import dev.bulkdl.serve.user.SetupCode;
import dev.bulkdl.serve.user.UserRoots;
import dev.bulkdl.serve.user.Users.NewUser;
import dev.bulkdl.serve.web.Services;
import dev.bulkdl.serve.web.WebServer;
import dev.bulkdl.settings.AddressPolicy;
import dev.bulkdl.settings.AddressRange;
import dev.bulkdl.settings.Limits;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A running daemon. Closing it stops all runs and keeps what they have done. */
public final class Daemon implements AutoCloseable {

  private static final long MOST_UPLOADED = 2L << 30;
  private static final long LOOK_MILLIS = 200;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Consumer<String> say;
  private Jobs jobs;
  private WebServer web;

  @SuppressWarnings("NullAway.Init") // set before a daemon is handed out
  private Daemon(Consumer<String> say) {
    this.say = say;
  }

  /**
   * Starts a daemon.
   *
   * @param say gets what the operator has to know, a line at a time
   * @throws RefusedException if the settings are not safe or contradict each other
   * @throws IOException if a folder, the database or the address cannot be used
   */
  public static Daemon start(
      DaemonSettings settings, Optional<DaemonSettings.FirstUser> first, Consumer<String> say)
      throws IOException, RefusedException {
    Daemon daemon = new Daemon(say);
    try {
      daemon.begin(settings, first);
      return daemon;
    } catch (IOException | RefusedException | RuntimeException e) {
      daemon.close();
      throw e;
    }
  }

  private void begin(DaemonSettings settings, Optional<DaemonSettings.FirstUser> first)
      throws IOException, RefusedException {
    open.push(StateLock.take(settings.folders().state()));
    UserRoots roots = roots(settings.folders());
    Database database = Database.open(settings.folders().state());
    open.push(database);
    database.notices().forEach(say);
    SetupCode setup = new SetupCode(settings.folders().state());
    Accounts accounts = Accounts.of(database, roots, setup);
    if (first.isPresent() && accounts.users().isEmpty()) {
      addFirst(accounts, first.get());
    }
    requireUser(settings, accounts);
    checkProxies(settings);
    JobSettings jobSettings = checked(settings);
    jobs = Jobs.open(database, jobSettings);
    open.push(jobs);
    jobs.ownListener(settings.listen().getPort());
    settings.keepHistory().ifPresent(kept -> removeOldJobs(accounts, kept));
    web =
        WebServer.start(
            new WebServer.Settings(
                settings.listen(),
                settings.web().site(),
                settings.web().tls(),
                settings.folders().state(),
                MOST_UPLOADED,
                WebServer.Bounds.USUAL),
            accounts,
            new Services(database, jobs, limits(jobSettings), shown(settings)),
            say);
    open.push(web);
    jobs.ownListener(web.port());
    say.accept("bulkdl serve is at " + web.page());
    if (accounts.users().isEmpty()) {
      say.accept("there is no user yet; open the page and give this setup code: " + setup.code());
      say.accept("the code is also in " + setup.file() + ", for this account only");
    } else {
      setup.end();
    }
  }

  private void removeOldJobs(Accounts accounts, Duration kept) {
    OldJobs old = new OldJobs(jobs, accounts.audit(), kept, InstantSource.system());
    open.push(old);
    old.start();
  }

  private static UserRoots roots(DaemonSettings.Folders folders)
      throws IOException, RefusedException {
    try {
      return new UserRoots(folders.root(), folders.state());
    } catch (IllegalArgumentException e) {
      throw new RefusedException(String.valueOf(e.getMessage()));
    }
  }

  private static void addFirst(Accounts accounts, DaemonSettings.FirstUser first)
      throws IOException, RefusedException {
    String password = Files.readString(first.passwordFile(), StandardCharsets.UTF_8).strip();
    try {
      accounts
          .users()
          .add(new NewUser(first.name(), Role.ADMIN, password, Optional.empty(), Quota.NONE));
    } catch (IllegalArgumentException e) {
      throw new RefusedException("the user of BULKDL_SETUP_USER cannot be made: " + e.getMessage());
    }
  }

  private static void requireUser(DaemonSettings settings, Accounts accounts)
      throws RefusedException {
    boolean isLocal = settings.listen().getAddress().isLoopbackAddress();
    if (!isLocal && accounts.users().isEmpty()) {
      throw new RefusedException(
          "there is no user yet, and "
              + settings.listen().getHostString()
              + " can be reached by others; first start with --listen 127.0.0.1:"
              + settings.listen().getPort()
              + " and set up in a browser, or add a user: bulkdl user add NAME --role admin --state "
              + settings.folders().state());
    }
  }

  private static void checkProxies(DaemonSettings settings) throws RefusedException {
    try {
      settings.web().site().proxies().forEach(AddressRange::parse);
    } catch (IllegalArgumentException e) {
      throw new RefusedException("--trusted-proxy: " + e.getMessage());
    }
  }

  private static JobSettings checked(DaemonSettings settings) throws RefusedException {
    try {
      return jobSettings(settings);
    } catch (IllegalArgumentException e) {
      throw new RefusedException("--allow-network: " + e.getMessage());
    }
  }

  private static JobSettings jobSettings(DaemonSettings settings) {
    List<AddressRange> allowed =
        settings.allowNetworks().stream()
            .map(network -> AddressRange.parse(network.value()))
            .toList();
    return JobSettings.in(settings.folders().state())
        .withMostJobs(settings.mostJobs())
        .with(EngineSettings.DEFAULTS.with(AddressPolicy.restrictedTo(allowed)));
  }

  private static JobLimits limits(JobSettings settings) {
    Limits run = settings.run().limits();
    EngineSettings engine = settings.engine();
    return new JobLimits(
        OptionalInt.of(run.maxFiles()),
        OptionalInt.of(engine.maxConnections()),
        OptionalInt.of(engine.maxPerHost()),
        OptionalInt.of(run.segments()),
        Optional.empty());
  }

  private static Services.Settings shown(DaemonSettings settings) {
    return new Services.Settings(
        ProgramVersion.text(),
        settings.folders().state().toString(),
        settings.folders().root().toString(),
        settings.listen().getHostString() + ":" + settings.listen().getPort(),
        List.copyOf(settings.allowNetworks()));
  }

  /** Returns the address of the page on this machine. */
  public URI page() {
    return web.page();
  }

  /** Starts no more jobs, and ends the daemon when those that run have ended. */
  public void drain() {
    jobs.drain();
    Thread.ofPlatform()
        .daemon()
        .name("drain")
        .start(
            () -> {
              try {
                while (!jobs.isIdle() && !ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                  // a run has not ended
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              end();
            });
  }

  /** Lets {@link #await} return. */
  public void end() {
    ended.countDown();
  }

  /** Waits until {@link #end} is called. */
  public void await() throws InterruptedException {
    ended.await();
  }

  @Override
  public void close() {
    ended.countDown();
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        say.accept("a part did not end cleanly: " + e);
      }
    }
  }
}
