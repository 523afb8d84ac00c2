package dev.bulkdl.serve.job;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param next where the next part begins; empty for the last one
 * @param total the number of all items that match
 */
public record Page<T>(List<T> items, Optional<String> next, long total) {

  public static final int MOST = 1000;

  public Page {
    items = List.copyOf(items);
  }

  static int checked(int limit) {
    if (limit < 1 || limit > MOST) {
      throw new InvalidJobException("limit", "must be from 1 to " + MOST);
    }
    return limit;
  }
}
