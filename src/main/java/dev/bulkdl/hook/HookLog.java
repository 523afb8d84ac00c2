package dev.bulkdl.hook;

import java.util.Map;

/** Where is told what commands did and said. Thread-safe. */
@FunctionalInterface
public interface HookLog {

  /**
   * Keeps an event; whatever is in the fields is made safe to be shown.
   *
   * @param fields texts and whole numbers, in order
   */
  void tell(String event, Map<String, Object> fields);
}
