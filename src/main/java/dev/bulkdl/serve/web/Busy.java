package dev.bulkdl.serve.web;

import java.util.HashMap;
import java.util.Map;

/** How many requests or streams each user has at this moment, and the most that is allowed. */
final class Busy {

  private final int most;
  private final Map<String, Integer> present = new HashMap<>();

  Busy(int most) {
    this.most = most;
  }

  /** Takes a place; false if the user has all. */
  synchronized boolean enter(String user) {
    int now = present.getOrDefault(user, 0);
    if (now >= most) {
      return false;
    }
    present.put(user, now + 1);
    return true;
  }

  synchronized void leave(String user) {
    present.computeIfPresent(user, (key, now) -> now == 1 ? null : now - 1);
  }

  synchronized int count() {
    return present.values().stream().mapToInt(Integer::intValue).sum();
  }
}
