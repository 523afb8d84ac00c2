package dev.bulkdl.serve.web;

import dev.bulkdl.serve.job.Artifact;
import dev.bulkdl.serve.job.Connection;
import dev.bulkdl.serve.job.FileFilter;
import dev.bulkdl.serve.job.FileOrder;
import dev.bulkdl.serve.job.Job;
import dev.bulkdl.serve.job.JobFilter;
import dev.bulkdl.serve.job.JobState;
import dev.bulkdl.serve.job.Jobs;
import dev.bulkdl.serve.job.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a channel shows now, and the fields of it that have changed after the last look. A field
 * without a value is null. Only the thread of the events uses it.
 */
final class Views {

  private static final int MOST_LIVE = 1000;
  private static final String ID = "id";
  private static final String ROW = "row";
  private static final Set<JobState> LIVELY = Set.of(JobState.RUNNING, JobState.PAUSING);
  private static final Set<JobState> NOT_ENDED =
      Set.of(
          JobState.QUEUED,
          JobState.SCHEDULED,
          JobState.RUNNING,
          JobState.PAUSING,
          JobState.PAUSED,
          JobState.WAITING);

  private final Services services;
  private final DaemonRoutes daemon;
  private final Json json;

  /** What a channel showed when it was looked at the last time: its things by their keys. */
  static final class Seen {
    private final Map<String, ObjectNode> items = new LinkedHashMap<>();
    private long logPosition = -1;
  }

  /**
   * Things of a list.
   *
   * @param items new ones, and of the others the key and the fields that have changed
   * @param removed the keys of those that are no longer there
   */
  record Listed(List<ObjectNode> items, List<String> removed) {}

  Views(Services services, DaemonRoutes daemon, Json json) {
    this.services = services;
    this.daemon = daemon;
    this.json = json;
  }

  private Jobs jobs() {
    return services.jobs();
  }

  /** Returns the whole channel as JSON; empty if its job is gone. */
  Optional<String> snapshot(Topic.Channel channel, Seen seen) {
    return switch (channel.topic()) {
      case Topic.Overview overview -> Optional.of(one(overview(channel.owner()), seen));
      case Topic.JobsTopic all -> Optional.of(list(live(channel.owner()), seen));
      case Topic.OneJob one ->
          jobs().find(one.job()).map(job -> one(JobJson.JobAnswer.of(job), seen));
      case Topic.Files files -> Optional.of(list(rows(files), seen));
      case Topic.Connections connections -> Optional.of(list(connections(connections), seen));
      case Topic.Log log -> Optional.of(json.text(tail(log, Optional.empty(), seen)));
    };
  }

  /**
   * Returns what has changed, as JSON.
   *
   * @param changed the jobs that have changed
   */
  Optional<String> patch(Topic.Channel channel, Seen seen, Set<String> changed) {
    return switch (channel.topic()) {
      case Topic.Overview overview -> changedOne(overview(channel.owner()), seen);
      case Topic.JobsTopic all -> changedJobs(channel.owner(), changed, seen);
      case Topic.OneJob one ->
          jobs().find(one.job()).flatMap(job -> changedOne(JobJson.JobAnswer.of(job), seen));
      case Topic.Files files -> changedList(ROW, rows(files), seen);
      case Topic.Connections connections -> changedList(ID, connections(connections), seen);
      case Topic.Log log -> newLines(log, seen);
    };
  }

  private DaemonRoutes.OverviewAnswer overview(Optional<String> owner) {
    return daemon.overview(owner).forStream();
  }

  private String one(Object value, Seen seen) {
    ObjectNode now = json.object(value);
    seen.items.put("", now);
    return json.text(now);
  }

  private Optional<String> changedOne(Object value, Seen seen) {
    ObjectNode now = json.object(value);
    ObjectNode changed = changes(seen.items.put("", now), now);
    return changed.isEmpty() ? Optional.empty() : Optional.of(json.text(changed));
  }

  private static ObjectNode changes(@Nullable ObjectNode before, ObjectNode now) {
    if (before == null) {
      return now;
    }
    ObjectNode changed = now.objectNode();
    now.forEachEntry(
        (field, value) -> {
          if (!value.equals(before.get(field))) {
            changed.set(field, value);
          }
        });
    return changed;
  }

  private Map<String, ObjectNode> live(Optional<String> owner) {
    Map<String, ObjectNode> items = new LinkedHashMap<>();
    for (Job job :
        jobs().list(new JobFilter(owner, NOT_ENDED, ""), Optional.empty(), MOST_LIVE).items()) {
      items.put(job.id(), json.object(JobJson.JobAnswer.of(job)));
    }
    return items;
  }

  private Map<String, ObjectNode> connections(Topic.Connections topic) {
    Map<String, ObjectNode> items = new LinkedHashMap<>();
    for (Connection connection : jobs().connections(topic.job())) {
      items.put(connection.id(), json.object(JobJson.ConnectionAnswer.of(connection)));
    }
    return items;
  }

  private Map<String, ObjectNode> rows(Topic.Files files) {
    Map<String, ObjectNode> items = new LinkedHashMap<>();
    int count = (int) Math.max(1, files.to() - files.from());
    jobs()
        .filesAt(files.job(), FileFilter.ALL, FileOrder.ROW, files.from(), count)
        .map(Page::items)
        .orElse(List.of())
        .forEach(
            file ->
                items.put(String.valueOf(file.row()), json.object(JobJson.FileAnswer.of(file))));
    return items;
  }

  private String list(Map<String, ObjectNode> items, Seen seen) {
    seen.items.clear();
    seen.items.putAll(items);
    return json.text(new Listed(List.copyOf(items.values()), List.of()));
  }

  /**
   * @param key the field that names a thing
   */
  private Optional<String> changedList(String key, Map<String, ObjectNode> now, Seen seen) {
    List<ObjectNode> items = new ArrayList<>();
    now.forEach((name, value) -> changedItem(key, name, value, seen).ifPresent(items::add));
    List<String> removed =
        seen.items.keySet().stream().filter(name -> !now.containsKey(name)).toList();
    removed.forEach(seen.items::remove);
    return listed(items, removed);
  }

  private static Optional<ObjectNode> changedItem(
      String key, String name, ObjectNode now, Seen seen) {
    ObjectNode changed = changes(seen.items.put(name, now), now);
    if (changed.isEmpty()) {
      return Optional.empty();
    }
    changed.set(key, now.get(key));
    return Optional.of(changed);
  }

  private Optional<String> listed(List<ObjectNode> items, List<String> removed) {
    return items.isEmpty() && removed.isEmpty()
        ? Optional.empty()
        : Optional.of(json.text(new Listed(items, removed)));
  }

  private Optional<String> changedJobs(Optional<String> owner, Set<String> changed, Seen seen) {
    Set<String> ids = new LinkedHashSet<>(changed);
    jobs()
        .list(new JobFilter(owner, LIVELY, ""), Optional.empty(), MOST_LIVE)
        .items()
        .forEach(job -> ids.add(job.id()));
    List<ObjectNode> items = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    for (String id : ids) {
      Optional<Job> job = jobs().find(id);
      if (job.isEmpty()) {
        if (seen.items.remove(id) != null) {
          removed.add(id);
        }
      } else if (owner.isEmpty() || job.get().owner().equals(owner.get())) {
        ObjectNode answer = json.object(JobJson.JobAnswer.of(job.get()));
        changedItem(ID, id, answer, seen).ifPresent(items::add);
      }
    }
    return listed(items, removed);
  }

  private JobJson.LogAnswer tail(Topic.Log log, Optional<Long> after, Seen seen) {
    Optional<Path> file = jobs().artifact(log.job(), Artifact.LOG);
    if (file.isEmpty()) {
      seen.logPosition = 0;
      return new JobJson.LogAnswer(List.of(), "0");
    }
    try {
      JobJson.LogAnswer lines = LogTail.read(file.get(), after);
      seen.logPosition = Long.parseLong(lines.next());
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> newLines(Topic.Log log, Seen seen) {
    JobJson.LogAnswer lines =
        tail(log, Stream.of(seen.logPosition).filter(at -> at >= 0).findFirst(), seen);
    return lines.lines().isEmpty() ? Optional.empty() : Optional.of(json.text(lines));
  }
}
