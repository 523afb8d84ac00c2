package dev.bulkdl.serve.web;

import dev.bulkdl.serve.user.Principal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket. A message to the client is an array of frames. The client sends {@code
 * {"topics":[…]}} to replace what it watches, and {@code {"hidden":true}} while nobody sees its
 * page.
 */
public final class SocketLine implements Session.Listener.AutoDemanding, Outbox.Line {

  private static final int POLICY = 1008;

  private final EventHub hub;
  private final Json json;
  private final Function<List<String>, List<Topic.Channel>> channels;
  private final Runnable left;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable Session session;
  private @Nullable Watcher watcher;

  record Wish(Optional<List<String>> topics, Optional<Boolean> hidden, Optional<String> after) {}

  SocketLine(
      EventHub hub,
      Json json,
      Function<List<String>, List<Topic.Channel>> channels,
      Runnable left) {
    this.hub = hub;
    this.json = json;
    this.channels = channels;
    this.left = left;
  }

  SocketLine open(Principal who, Executor executor) {
    watcher = new Watcher(who, new Outbox(this, executor));
    return this;
  }

  private Watcher watcher() {
    if (watcher == null) {
      throw new IllegalStateException("not open");
    }
    return watcher;
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    hub.join(watcher(), List.of(), Optional.empty());
  }

  @Override
  public void onWebSocketText(String message) {
    try {
      Wish wish = json.read(message.getBytes(StandardCharsets.UTF_8), Wish.class);
      wish.hidden().ifPresent(hidden -> hub.hide(watcher(), hidden));
      wish.topics().ifPresent(topics -> hub.watch(watcher(), channels.apply(topics), wish.after()));
    } catch (Problem e) {
      watcher().outbox().close(e.detail());
    }
  }

  @Override
  public void onWebSocketClose(
      int status, String reason, org.eclipse.jetty.websocket.api.Callback callback) {
    gone();
    callback.succeed();
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    gone();
  }

  private void gone() {
    watcher().outbox().close("gone");
    hub.leave(watcher());
    leaveOnce();
  }

  private void leaveOnce() {
    if (ended.compareAndSet(false, true)) {
      left.run();
    }
  }

  @Override
  public void write(List<byte[]> frames, Callback written) {
    Session open = session;
    if (open == null) {
      written.failed(new IllegalStateException("not open"));
      return;
    }
    open.sendText(
        "[" + Frame.joined(frames) + "]",
        org.eclipse.jetty.websocket.api.Callback.from(written::succeeded, written::failed));
  }

  @Override
  public void end(String why) {
    Session open = session;
    if (open != null && open.isOpen()) {
      String reason = why.length() > 100 ? why.substring(0, 100) : why;
      open.close(
          POLICY,
          reason,
          org.eclipse.jetty.websocket.api.Callback.from(() -> {}, failure -> open.disconnect()));
    }
    leaveOnce();
  }
}
