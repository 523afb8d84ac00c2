package dev.bulkdl.serve.web;

import dev.bulkdl.serve.job.JobLimits;
import dev.bulkdl.serve.job.Jobs;
import dev.bulkdl.serve.store.Database;
import dev.bulkdl.serve.user.Accounts;
import dev.bulkdl.serve.user.Passwords;
import dev.bulkdl.serve.user.Quota;
import dev.bulkdl.serve.user.Role;
import dev.bulkdl.serve.user.SetupCode;
import dev.bulkdl.serve.user.User;
import dev.bulkdl.serve.user.UserRoots;
import dev.bulkdl.serve.user.Users.NewUser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A whole daemon without downloads: real database, real sockets. */
final class TestSite implements AutoCloseable {

  private static final Passwords.Cost CHEAP = new Passwords.Cost(64, 1);

  private static final WebServer.SiteOptions NO_OPTIONS =
      new WebServer.SiteOptions("", List.of(), List.of());

  static final String PASSWORD = "correct horse";

  private final Database database;
  private final Accounts accounts;
  private final SetupCode setup;
  private final Jobs jobs;
  private final WebServer web;
  private final List<String> bugs = new CopyOnWriteArrayList<>();

  private TestSite(
      Path folder, WebServer.SiteOptions options, Passwords.Cost cost, WebServer.Bounds bounds)
      throws IOException {
    Path state = folder.resolve("state");
    database = Database.open(state);
    setup = new SetupCode(state);
    UserRoots roots = new UserRoots(folder.resolve("files"), state);
    accounts = Accounts.of(database, roots, setup, cost);
    jobs = TestJobs.open(database, state);
    Services services =
        new Services(
            database,
            jobs,
            JobLimits.NONE,
            new Services.Settings("test", "state", "files", "here", List.of()));
    web =
        WebServer.start(
            new WebServer.Settings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                options,
                Optional.empty(),
                state,
                8 << 20,
                bounds),
            accounts,
            services,
            bugs::add);
    jobs.ownListener(web.port());
  }

  static TestSite open(Path folder) throws IOException {
    return open(folder, NO_OPTIONS);
  }

  static TestSite open(Path folder, WebServer.SiteOptions options) throws IOException {
    return new TestSite(folder, options, CHEAP, WebServer.Bounds.USUAL);
  }

  /** With passwords that are as hard to guess as those of a daemon. */
  static TestSite openUsual(Path folder) throws IOException {
    return new TestSite(folder, NO_OPTIONS, Passwords.Cost.USUAL, WebServer.Bounds.USUAL);
  }

  static TestSite open(Path folder, WebServer.Bounds bounds) throws IOException {
    return new TestSite(folder, NO_OPTIONS, CHEAP, bounds);
  }

  URI page() {
    return web.page();
  }

  RouteTable routes() {
    return web.routes();
  }

  int port() {
    return web.port();
  }

  Accounts accounts() {
    return accounts;
  }

  Jobs jobs() {
    return jobs;
  }

  String setupCode() throws IOException {
    return setup.code();
  }

  User add(String name, Role role) {
    return accounts.users().add(new NewUser(name, role, PASSWORD, Optional.empty(), Quota.NONE));
  }

  /** A client without a sign-in. */
  TestClient nobody() {
    return new TestClient(page());
  }

  /** A client that has signed in by name and password, as the page does. */
  TestClient signedIn(String name) {
    TestClient client = nobody();
    client.signIn(name, PASSWORD);
    return client;
  }

  /** Errors that are ours. */
  List<String> bugs() {
    return new ArrayList<>(bugs);
  }

  @Override
  public void close() {
    web.close();
    jobs.close();
    database.close();
  }
}
