package dev.bulkdl.report;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.model.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lines that say how many connections to each host pay, each only when it is new. For one
 * thread.
 */
final class FoundConnections {

  /** While it measures, the number changes too often to be told. */
  private static final Set<String> NOT_TOLD = Set.of("", "climbing", "trying", "fixed");

  private final Map<Origin, String> told = new HashMap<>();

  List<String> news(RunProgress progress) {
    List<String> news = new ArrayList<>();
    for (HostSnapshot host : progress.hosts()) {
      String found = host.allowed() + " connections pay (" + host.reason() + ")";
      if (!NOT_TOLD.contains(host.reason()) && !found.equals(told.put(host.origin(), found))) {
        news.add(host.origin() + ": " + found);
      }
    }
    return news;
  }
}
