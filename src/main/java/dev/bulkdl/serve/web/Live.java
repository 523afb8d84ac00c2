package dev.bulkdl.serve.web;

import dev.bulkdl.serve.job.JobChanged;
import dev.bulkdl.serve.user.Accounts;
import dev.bulkdl.serve.user.Principal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/** The route of the live updates, and the three ways in which they reach a client. */
final class Live implements Streams, AutoCloseable {

  private static final int STREAMS_OF_ONE_USER = 8;
  private static final int MOST_MESSAGE = 64 << 10;
  private static final long LONGEST_WAIT_SECONDS = 60;
  private static final long USUAL_WAIT_SECONDS = 25;

  private final EventHub hub;
  private final ServerWebSocketContainer sockets;
  private final Json json = new Json();
  private final Busy streams = new Busy(STREAMS_OF_ONE_USER);
  private final Services services;

  Live(Services services, Accounts accounts, ServerWebSocketContainer sockets) {
    this.services = services;
    this.sockets = sockets;
    sockets.setMaxTextMessageSize(MOST_MESSAGE);
    sockets.setMaxBinaryMessageSize(1);
    sockets.setIdleTimeout(Duration.ofSeconds(90));
    DaemonRoutes daemon = new DaemonRoutes(services, accounts.audit(), InstantSource.system());
    this.hub =
        new EventHub(
            Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36),
            new Views(services, daemon, json),
            who -> isAlive(accounts, who));
    services
        .jobs()
        .onChange(
            changed ->
                hub.changed(
                    changed.job(),
                    changed instanceof JobChanged.State || changed instanceof JobChanged.Removed));
  }

  private static boolean isAlive(Accounts accounts, Principal who) {
    boolean lives =
        switch (who.credential()) {
          case Principal.Credential.Session session -> accounts.sessions().isAlive(session.id());
          case Principal.Credential.Token token -> accounts.tokens().isAlive(token.id());
        };
    return lives
        && accounts
            .users()
            .find(who.user().id())
            .filter(user -> user.role() == who.user().role())
            .isPresent();
  }

  List<Route> routes() {
    return List.of(
        Route.get(
                "/events",
                Access.READ,
                "Live updates: a WebSocket, server-sent events, or a long poll",
                this::open)
            .answers(Answer.OK, PolledFrames.class)
            .query("topics", "after", "wait", "hidden"));
  }

  /**
   * @param next what to give as {@code after}
   */
  record PolledFrames(String epoch, long seq, String next, List<Object> frames) {}

  @Override
  public void recheck() {
    hub.recheck();
  }

  private Answer open(Call call) {
    List<String> topics =
        call.query("topics").map(text -> List.of(text.split(","))).orElse(List.of());
    if ("websocket".equalsIgnoreCase(call.header("upgrade").orElse(""))) {
      return webSocket(call);
    }
    List<Topic.Channel> channels = channels(call.principal(), topics);
    if (call.header("accept").orElse("").contains("text/event-stream")) {
      return serverSent(call, channels);
    }
    return longPoll(call, channels);
  }

  /**
   * Returns what these topics are for this user.
   *
   * @throws Problem if one is none, or of another user's job
   */
  List<Topic.Channel> channels(Principal who, List<String> names) {
    return Topic.parse(names).stream()
        .map(
            topic -> {
              Optional<String> job = Topic.job(topic);
              if (job.isPresent()) {
                boolean isOwn =
                    services
                        .owner(job.get())
                        .filter(owner -> who.seesAll() || owner.equals(who.user().id()))
                        .isPresent();
                if (!isOwn) {
                  throw Problem.notFound();
                }
                return new Topic.Channel(topic, Optional.empty());
              }
              return new Topic.Channel(
                  topic, who.seesAll() ? Optional.empty() : Optional.of(who.user().id()));
            })
        .toList();
  }

  private void enter(String user) {
    if (!streams.enter(user)) {
      throw Problem.later(
          Problem.TOO_MANY,
          10,
          "you have " + STREAMS_OF_ONE_USER + " open streams already; close a page");
    }
  }

  private Answer webSocket(Call call) {
    Principal who = call.principal();
    enter(who.user().id());
    return new Answer.Stream(
        (request, response, callback) -> {
          SocketLine line =
              new SocketLine(
                  hub, json, names -> channels(who, names), () -> streams.leave(who.user().id()));
          boolean done =
              sockets.upgrade(
                  (asked, answered, created) -> line.open(who, executor(request)),
                  request,
                  response,
                  callback);
          if (!done) {
            streams.leave(who.user().id());
            callback.failed(Problem.of(Problem.BAD_REQUEST, "no valid WebSocket handshake"));
          }
        });
  }

  private static Executor executor(Request request) {
    return request.getComponents().getExecutor();
  }

  private Answer serverSent(Call call, List<Topic.Channel> channels) {
    Principal who = call.principal();
    String user = who.user().id();
    Optional<String> after = call.header("last-event-id").or(() -> call.query("after"));
    boolean hidden = call.query("hidden").isPresent();
    enter(user);
    return new Answer.Stream(
        (request, response, callback) -> {
          response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
          response.getHeaders().put("X-Accel-Buffering", "no");
          EventLine line =
              new EventLine(
                  response,
                  org.eclipse.jetty.util.Callback.from(callback, () -> streams.leave(user)));
          Watcher watcher = new Watcher(who, new Outbox(line, executor(request)));
          watcher.hide(hidden);
          request.addFailureListener(failure -> watcher.outbox().close("gone"));
          hub.join(watcher, channels, after);
        });
  }

  private Answer longPoll(Call call, List<Topic.Channel> channels) {
    long wait = call.number("wait").orElse(USUAL_WAIT_SECONDS);
    Optional<String> after = call.query("after");
    return new Answer.Stream(
        (request, response, callback) -> {
          PollLine line = new PollLine(response, callback, hub);
          Watcher watcher = new Watcher(call.principal(), new Outbox(line, executor(request)));
          request.addFailureListener(failure -> watcher.outbox().close("gone"));
          hub.poll(watcher, channels, after.orElse(""), Math.min(wait, LONGEST_WAIT_SECONDS), line);
        });
  }

  int watchers() {
    return hub.watchers();
  }

  @Override
  public void close() {
    hub.close();
  }
}
