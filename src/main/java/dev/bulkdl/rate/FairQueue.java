package dev.bulkdl.rate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who takes bytes next. Members of one flow come in their order. Flows share the bytes by weight,
 * however many members each has: the next is the flow that has taken least for its weight
 * (start-time fair queueing). A flow that wanted nothing for a while does not get that back. Not
 * thread-safe.
 */
final class FairQueue<T> {

  private final Map<Flow, Deque<Member<T>>> waiting = new LinkedHashMap<>();

  /** What the flow that was served last had taken for its weight before. */
  private double now;

  /** The flows that wait, or took something a little while ago. */
  private final Set<Flow> recent = new HashSet<>();

  private long late;
  private int size;

  /** The bytes of one run. */
  static final class Flow {

    private volatile int weight;
    private double taken;

    /**
     * @param weight how much it gets beside others, at least 1
     */
    Flow(int weight) {
      this.weight = weight;
    }

    /** Sets another weight, for what is taken from now on. */
    void weigh(int other) {
      weight = other;
    }

    private double share(long bytes) {
      return (double) bytes / weight;
    }
  }

  private record Member<T>(T who, int bytes) {}

  /**
   * Sets how late a flow can come back and get what it has missed.
   *
   * @param bytes those that all flows take in this time
   */
  void forgive(long bytes) {
    late = bytes;
  }

  int size() {
    return size;
  }

  void add(Flow flow, T who, int bytes) {
    waiting.computeIfAbsent(flow, same -> new ArrayDeque<>()).addLast(new Member<>(who, bytes));
    size++;
  }

  /** Removes one that does not wait any more. */
  void remove(Flow flow, T who) {
    Deque<Member<T>> members = waiting.get(flow);
    if (members != null && members.removeIf(member -> member.who.equals(who))) {
      size--;
      forgetIfEmpty(flow, members);
    }
  }

  private void forgetIfEmpty(Flow flow, Deque<Member<T>> members) {
    if (members.isEmpty()) {
      waiting.remove(flow);
    }
  }

  /**
   * Returns among how many like it one more member of this flow would share the bytes. A flow with
   * few members takes larger pieces, so that it gets its share though each of them waits for the
   * network in between.
   */
  double crowd(Flow flow) {
    recent.removeIf(each -> !waiting.containsKey(each) && each.taken < now - each.share(late));
    recent.add(flow);
    long weights = 0;
    for (Flow each : recent) {
      weights += each.weight;
    }
    Deque<Member<T>> members = waiting.get(flow);
    int like = 1 + (members == null ? 0 : members.size());
    return like * (double) weights / flow.weight;
  }

  /** Returns who is next. */
  Optional<T> peek() {
    return nextFlow().map(flow -> first(flow).who);
  }

  /** Removes the one who is next, and counts its bytes. */
  void take() {
    Flow flow = nextFlow().orElseThrow();
    Deque<Member<T>> members = waiting.get(flow);
    int bytes = first(flow).bytes;
    double start = start(flow);
    flow.taken = start + flow.share(bytes);
    now = Math.max(now, start);
    if (members != null) {
      members.removeFirst();
      size--;
      forgetIfEmpty(flow, members);
    }
  }

  private Optional<Flow> nextFlow() {
    Flow best = null;
    double least = 0;
    for (Flow flow : waiting.keySet()) {
      double start = start(flow);
      if (best == null || start < least) {
        best = flow;
        least = start;
      }
    }
    return Optional.ofNullable(best);
  }

  private Member<T> first(Flow flow) {
    return Objects.requireNonNull(waiting.get(flow)).getFirst();
  }

  private double start(Flow flow) {
    return Math.max(flow.taken, now - flow.share(late));
  }
}
