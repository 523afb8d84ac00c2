package dev.bulkdl.serve.web;

import dev.bulkdl.serve.job.Artifact;
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

/**
 * What a channel shows now, and what of it has changed after the last look. Only the thread of the
 * events uses it.
 */
final class Views {

  private static final int MOST_LIVE = 1000;
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

  /** What a channel showed when it was looked at the last time. */
  static final class Seen {
    private final Map<String, String> items = new LinkedHashMap<>();
    private long logPosition = -1;
  }

  record Listed(List<Object> items, List<String> removed) {}

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
      case Topic.Connections connections -> Optional.of(one(connections(connections), seen));
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
      case Topic.Files files -> changedRows(files, seen);
      case Topic.Connections connections -> changedOne(connections(connections), seen);
      case Topic.Log log -> newLines(log, seen);
    };
  }

  private DaemonRoutes.OverviewAnswer overview(Optional<String> owner) {
    return daemon.overview(owner).forStream();
  }

  private JobJson.ConnectionsAnswer connections(Topic.Connections topic) {
    return new JobJson.ConnectionsAnswer(
        jobs().connections(topic.job()).stream().map(JobJson.ConnectionAnswer::of).toList());
  }

  private String one(Object value, Seen seen) {
    String text = json.text(value);
    seen.items.put("", text);
    return text;
  }

  private Optional<String> changedOne(Object value, Seen seen) {
    String text = json.text(value);
    return text.equals(seen.items.put("", text)) ? Optional.empty() : Optional.of(text);
  }

  private Map<String, Object> live(Optional<String> owner) {
    Map<String, Object> items = new LinkedHashMap<>();
    for (Job job :
        jobs().list(new JobFilter(owner, NOT_ENDED, ""), Optional.empty(), MOST_LIVE).items()) {
      items.put(job.id(), JobJson.JobAnswer.of(job));
    }
    return items;
  }

  private Map<String, Object> rows(Topic.Files files) {
    Map<String, Object> items = new LinkedHashMap<>();
    int count = (int) Math.max(1, files.to() - files.from());
    jobs()
        .filesAt(files.job(), FileFilter.ALL, FileOrder.ROW, files.from(), count)
        .map(Page::items)
        .orElse(List.of())
        .forEach(file -> items.put(String.valueOf(file.row()), JobJson.FileAnswer.of(file)));
    return items;
  }

  private String list(Map<String, Object> items, Seen seen) {
    seen.items.clear();
    items.forEach((key, value) -> seen.items.put(key, json.text(value)));
    return json.text(new Listed(List.copyOf(items.values()), List.of()));
  }

  private Optional<String> changedRows(Topic.Files files, Seen seen) {
    Map<String, Object> now = rows(files);
    List<Object> items = new ArrayList<>();
    now.forEach(
        (key, value) -> {
          String text = json.text(value);
          if (!text.equals(seen.items.put(key, text))) {
            items.add(value);
          }
        });
    List<String> removed =
        seen.items.keySet().stream().filter(key -> !now.containsKey(key)).toList();
    removed.forEach(seen.items::remove);
    return listed(items, removed);
  }

  private Optional<String> listed(List<Object> items, List<String> removed) {
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
    List<Object> items = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    for (String id : ids) {
      Optional<Job> job = jobs().find(id);
      if (job.isEmpty()) {
        if (seen.items.remove(id) != null) {
          removed.add(id);
        }
      } else if (owner.isEmpty() || job.get().owner().equals(owner.get())) {
        JobJson.JobAnswer answer = JobJson.JobAnswer.of(job.get());
        String text = json.text(answer);
        if (!text.equals(seen.items.put(id, text))) {
          items.add(answer);
        }
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
