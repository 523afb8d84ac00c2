package dev.bulkdl.serve.web;

import dev.bulkdl.serve.user.Principal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The one source of numbered frames. One thread looks at what is watched, four times a second and
 * only while somebody watches, encodes each change once and hands it to all who watch it. All state
 * belongs to that thread.
 */
final class EventHub implements AutoCloseable {

  private static final long TICK_MILLIS = 250;
  private static final int RING = 4096;
  private static final int RING_BYTES = 8 << 20;

  /** How often numbers of lists and of all together are looked at; states are at once. */
  private static final long SLOW_TICKS = 4;

  private static final long HEARTBEAT_TICKS = 60;
  private static final long CHECK_TICKS = 20;
  private static final long HIDDEN_TICKS = 40;

  /** How long a channel without watchers is kept for the next long poll. */
  private static final long KEPT_TICKS = 120;

  private final String epoch;
  private final Views views;
  private final Predicate<Principal> isAlive;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("events").factory());
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private final Set<String> changedJobs = new LinkedHashSet<>();
  private volatile boolean stateChanged;
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Set<Watcher> watchers = new LinkedHashSet<>();
  private final Map<Watcher, Poll> polls = new HashMap<>();
  private final Deque<Frame> ring = new ArrayDeque<>();
  private long ringBytes;
  private final AtomicLong numbers = new AtomicLong();
  private volatile boolean watched;
  private volatile int count;
  private long tick;
  private @Nullable ScheduledFuture<?> ticking;

  /** A channel that is watched. */
  private static final class Source {
    private final Topic.Channel channel;
    private final Views.Seen seen = new Views.Seen();
    private long used;

    Source(Topic.Channel channel, long used) {
      this.channel = channel;
      this.used = used;
    }
  }

  private record Poll(PollLine line, long until) {}

  EventHub(String epoch, Views views, Predicate<Principal> isAlive) {
    this.epoch = epoch;
    this.views = views;
    this.isAlive = isAlive;
  }

  String epoch() {
    return epoch;
  }

  long position() {
    return numbers.get();
  }

  int watchers() {
    return count;
  }

  /**
   * Notes that something of this job has changed. Costs nothing while nobody watches.
   *
   * @param isState whether it is more than numbers
   */
  void changed(String job, boolean isState) {
    if (watched) {
      changed.add(job);
      if (isState) {
        stateChanged = true;
      }
    }
  }

  /** Ends the streams whose sign-in has ended. */
  void recheck() {
    run(this::checkAll);
  }

  void join(Watcher watcher, List<Topic.Channel> channels, Optional<String> after) {
    run(
        () -> {
          add(watcher);
          watcher.outbox().add(Frame.plain(epoch, numbers.get(), "heartbeat"));
          subscribe(watcher, channels, after);
        });
  }

  void watch(Watcher watcher, List<Topic.Channel> channels, Optional<String> after) {
    run(() -> subscribe(watcher, channels, after));
  }

  void hide(Watcher watcher, boolean hidden) {
    run(
        () -> {
          boolean shown = watcher.isHidden() && !hidden;
          watcher.hide(hidden);
          if (shown) {
            watcher.channels().values().forEach(channel -> snapshot(watcher, channel));
          }
        });
  }

  void leave(Watcher watcher) {
    run(() -> remove(watcher));
  }

  /**
   * Answers a long poll as soon as there is something after this position.
   *
   * @param line has no other way of writing
   */
  void poll(
      Watcher watcher, List<Topic.Channel> channels, String after, long seconds, PollLine line) {
    run(
        () -> {
          List<byte[]> frames;
          try {
            frames = missed(channels, Positions.parse(after));
          } catch (RuntimeException e) { // the database cannot be read now
            line.answer(List.of(), numbers.get());
            return;
          }
          if (!frames.isEmpty() || seconds == 0) {
            line.answer(frames, numbers.get());
            return;
          }
          add(watcher);
          channels.forEach(channel -> watcher.channels().put(channel.key(), channel));
          polls.put(watcher, new Poll(line, tick + seconds * 1000 / TICK_MILLIS));
        });
  }

  private void run(Runnable task) {
    try {
      thread.execute(
          () -> {
            task.run();
            watchers.forEach(watcher -> watcher.outbox().flush());
          });
    } catch (RejectedExecutionException e) {
      // the daemon ends
    }
  }

  private void add(Watcher watcher) {
    watchers.add(watcher);
    count = watchers.size();
    keepTicking();
  }

  private void keepTicking() {
    watched = true;
    if (ticking == null) {
      ticking =
          thread.scheduleWithFixedDelay(
              this::safeTick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void remove(Watcher watcher) {
    polls.remove(watcher);
    watchers.remove(watcher);
    count = watchers.size();
  }

  private void subscribe(Watcher watcher, List<Topic.Channel> channels, Optional<String> after) {
    Map<String, Topic.Channel> before = Map.copyOf(watcher.channels());
    watcher.channels().clear();
    channels.forEach(channel -> watcher.channels().put(channel.key(), channel));
    if (after.isPresent()) {
      missed(channels, after.flatMap(Positions::parse)).forEach(watcher.outbox()::add);
      return;
    }
    for (Topic.Channel channel : channels) {
      if (!before.containsKey(channel.key())) {
        snapshot(watcher, channel);
      }
    }
  }

  /**
   * Returns what a client has missed: the frames after its position, or, if these are no longer
   * known, a reset and the whole of each channel.
   */
  private List<byte[]> missed(List<Topic.Channel> channels, Optional<Positions.Position> after) {
    List<byte[]> frames = new ArrayList<>();
    long oldest = ring.isEmpty() ? numbers.get() + 1 : ring.getFirst().seq();
    boolean isFirst = after.isEmpty() || after.get().seq() == 0;
    boolean isKnown =
        after.isPresent()
            && after.get().epoch().equals(epoch)
            && after.get().seq() <= numbers.get()
            && after.get().seq() >= oldest - 1;
    if (!isKnown && !isFirst) {
      frames.add(Frame.plain(epoch, numbers.get(), "reset"));
    }
    List<Topic.Channel> fresh = new ArrayList<>();
    for (Topic.Channel channel : channels) {
      if (!isKnown || !sources.containsKey(channel.key())) {
        fresh.add(channel);
      }
    }
    if (isKnown) {
      Set<String> keys = new LinkedHashSet<>();
      channels.forEach(channel -> keys.add(channel.key()));
      for (Frame frame : ring) {
        if (frame.seq() > after.get().seq() && keys.contains(frame.channel())) {
          frames.add(frame.json());
        }
      }
    }
    fresh.forEach(channel -> whole(channel).ifPresent(frames::add));
    channels.forEach(this::use);
    return frames;
  }

  private Source use(Topic.Channel channel) {
    Source source = sources.computeIfAbsent(channel.key(), key -> new Source(channel, tick));
    source.used = tick;
    keepTicking();
    return source;
  }

  private void snapshot(Watcher watcher, Topic.Channel channel) {
    whole(channel).ifPresent(watcher.outbox()::add);
  }

  /** Returns all of a channel. It has the number of the newest frame, which it includes. */
  private Optional<byte[]> whole(Topic.Channel channel) {
    Source source = sources.get(channel.key());
    if (source != null) {
      patch(source, Set.of()); // others get what this look finds
    }
    Source used = use(channel);
    try {
      return views
          .snapshot(channel, used.seen)
          .map(data -> Frame.of(epoch, numbers.get(), channel, Frame.Kind.SNAPSHOT, data).json());
    } catch (RuntimeException e) { // its job was deleted, or a read failed
      sources.remove(channel.key());
      return Optional.empty();
    }
  }

  /** An exception would end all later ticks. */
  private void safeTick() {
    try {
      tickOnce();
    } catch (RuntimeException e) {
      tick++; // the database failed at this moment; the next tick looks again
    }
  }

  private void tickOnce() {
    tick++;
    Set<String> jobs = taken();
    watchers.stream().filter(each -> each.outbox().isClosed()).toList().forEach(this::remove);
    for (Watcher watcher : watchers) {
      watcher.channels().values().forEach(this::use);
    }
    if (tick % CHECK_TICKS == 0) {
      checkAll();
    }
    patchAll(jobs);
    hiddenOnes();
    endPolls();
    if (tick % HEARTBEAT_TICKS == 0) {
      byte[] heartbeat = Frame.plain(epoch, numbers.get(), "heartbeat");
      watchers.stream()
          .filter(watcher -> !polls.containsKey(watcher))
          .forEach(watcher -> watcher.outbox().add(heartbeat));
    }
    for (Watcher watcher : watchers) {
      watcher.outbox().flush();
      watcher.outbox().dropIfStalled();
    }
    sources.values().removeIf(source -> tick - source.used > KEPT_TICKS);
    rest();
  }

  private void patchAll(Set<String> jobs) {
    boolean isSlowTurn = tick % SLOW_TICKS == 0;
    boolean isListTurn = isSlowTurn || stateChanged;
    stateChanged = false;
    changedJobs.addAll(jobs);
    for (Source source : List.copyOf(sources.values())) {
      switch (source.channel.topic()) {
        case Topic.Overview overview -> {
          if (isSlowTurn) {
            patch(source, jobs);
          }
        }
        case Topic.JobsTopic list -> {
          if (isListTurn) {
            patch(source, Set.copyOf(changedJobs));
          }
        }
        case Topic.OneJob one -> patch(source, jobs);
        case Topic.Files files -> patch(source, jobs);
        case Topic.Connections connections -> patch(source, jobs);
        case Topic.Log log -> patch(source, jobs);
      }
    }
    if (isListTurn) {
      changedJobs.clear();
    }
  }

  private Set<String> taken() {
    Set<String> jobs = Set.copyOf(changed);
    changed.removeAll(jobs);
    return jobs;
  }

  private void patch(Source source, Set<String> jobs) {
    Optional<String> data;
    try {
      data = views.patch(source.channel, source.seen, jobs);
    } catch (RuntimeException e) { // its job was deleted, or a read failed
      sources.remove(source.channel.key());
      return;
    }
    if (data.isEmpty()) {
      return;
    }
    long seq = numbers.incrementAndGet();
    Frame frame = Frame.of(epoch, seq, source.channel, Frame.Kind.PATCH, data.get());
    keep(frame);
    for (Watcher watcher : List.copyOf(watchers)) {
      if (watcher.isHidden() || !watcher.channels().containsKey(frame.channel())) {
        continue;
      }
      Poll poll = polls.get(watcher);
      if (poll == null) {
        watcher.outbox().add(frame.json());
      } else {
        poll.line.answer(List.of(frame.json()), seq);
        remove(watcher);
      }
    }
  }

  private void keep(Frame frame) {
    ring.add(frame);
    ringBytes += frame.json().length;
    while (ring.size() > RING || ringBytes > RING_BYTES) {
      ringBytes -= ring.remove().json().length;
    }
  }

  private void hiddenOnes() {
    for (Watcher watcher : watchers) {
      if (watcher.isHidden() && watcher.isHiddenTurn(tick, HIDDEN_TICKS)) {
        watcher.channels().values().forEach(channel -> snapshot(watcher, channel));
      }
    }
  }

  private void endPolls() {
    for (Map.Entry<Watcher, Poll> each : List.copyOf(polls.entrySet())) {
      if (tick >= each.getValue().until) {
        each.getValue().line.answer(List.of(), numbers.get());
        remove(each.getKey());
      }
    }
  }

  private void checkAll() {
    for (Watcher watcher : List.copyOf(watchers)) {
      if (!isAlive.test(watcher.who())) {
        watcher.outbox().close("the sign-in has ended");
        remove(watcher);
      }
    }
  }

  /** Does nothing any more when nobody watches. */
  private void rest() {
    if (watchers.isEmpty() && sources.isEmpty() && ticking != null) {
      ticking.cancel(false);
      ticking = null;
      watched = false;
      changed.clear();
      changedJobs.clear();
      ring.clear();
      ringBytes = 0;
    }
  }

  @Override
  public void close() {
    run(() -> List.copyOf(watchers).forEach(each -> each.outbox().close("the daemon ends")));
    thread.shutdown();
    try {
      thread.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
