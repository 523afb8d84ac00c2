package dev.bulkdl.hook;

import java.util.Map;

/** Receives the results and the output of commands. Thread-safe. */
@FunctionalInterface
public interface HookLog {

  /**
   * Logs an event. The implementation makes the fields safe to show.
   *
   * @param fields texts and whole numbers, in order
   */
  void tell(String event, Map<String, Object> fields);
}
