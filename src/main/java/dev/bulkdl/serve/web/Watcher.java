package dev.bulkdl.serve.web;

import dev.bulkdl.serve.user.Principal;
import java.util.LinkedHashMap;
import java.util.Map;

/** One client that watches. Only the thread of the events uses it, except its outbox. */
final class Watcher {

  private final Principal who;
  private final Outbox outbox;
  private final Map<String, Topic.Channel> channels = new LinkedHashMap<>();
  private boolean hidden;
  private long hiddenTurn;

  Watcher(Principal who, Outbox outbox) {
    this.who = who;
    this.outbox = outbox;
  }

  Principal who() {
    return who;
  }

  Outbox outbox() {
    return outbox;
  }

  Map<String, Topic.Channel> channels() {
    return channels;
  }

  boolean isHidden() {
    return hidden;
  }

  void hide(boolean now) {
    hidden = now;
  }

  /** Counts the ticks of a hidden page; true each time that it gets a snapshot. */
  boolean isHiddenTurn(long tick, long every) {
    boolean due = tick - hiddenTurn >= every;
    if (due) {
      hiddenTurn = tick;
    }
    return due;
  }
}
