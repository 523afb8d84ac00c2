package dev.bulkdl.serve.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be watched. */
sealed interface Topic {

  /** Returns the name in frames and subscriptions. */
  String text();

  record Overview() implements Topic {
    @Override
    public String text() {
      return "overview";
    }
  }

  record JobsTopic() implements Topic {
    @Override
    public String text() {
      return "jobs";
    }
  }

  record OneJob(String job) implements Topic {
    @Override
    public String text() {
      return "job:" + job;
    }
  }

  /**
   * Rows of a job.
   *
   * @param from the first row of the list, from 0
   * @param to behind the last
   */
  record Files(String job, long from, long to) implements Topic {
    @Override
    public String text() {
      return "files:" + job + ":" + from + "-" + to;
    }
  }

  record Connections(String job) implements Topic {
    @Override
    public String text() {
      return "connections:" + job;
    }
  }

  record Log(String job) implements Topic {
    @Override
    public String text() {
      return "log:" + job;
    }
  }

  /**
   * A topic as one group of people sees it.
   *
   * @param owner whose jobs are in it; empty for those of all, or where the topic is of one job
   */
  record Channel(Topic topic, Optional<String> owner) {
    String key() {
      return topic.text() + owner.map(id -> "@" + id).orElse("");
    }
  }

  int MOST = 20;
  int MOST_ROWS = 500;
  Pattern OF_JOB = Pattern.compile("(job|connections|log):([A-Za-z0-9_-]{1,64})");
  Pattern OF_FILES = Pattern.compile("files:([A-Za-z0-9_-]{1,64}):(\\d{1,12})-(\\d{1,12})");

  /**
   * Returns the topics of these names.
   *
   * @throws Problem if one is none
   */
  static List<Topic> parse(List<String> names) {
    if (names.size() > MOST) {
      throw Problem.field("topics", "at most " + MOST + " topics at one time");
    }
    List<Topic> topics = new ArrayList<>();
    for (String name : names) {
      topics.add(parse(name));
    }
    return topics;
  }

  private static Topic parse(String name) {
    if (name.equals("overview")) {
      return new Overview();
    }
    if (name.equals("jobs")) {
      return new JobsTopic();
    }
    Matcher job = OF_JOB.matcher(name);
    if (job.matches()) {
      return switch (job.group(1)) {
        case "job" -> new OneJob(job.group(2));
        case "connections" -> new Connections(job.group(2));
        default -> new Log(job.group(2));
      };
    }
    Matcher files = OF_FILES.matcher(name);
    if (files.matches()) {
      long from = Long.parseLong(files.group(2));
      long to = Long.parseLong(files.group(3));
      if (to >= from && to - from <= MOST_ROWS) {
        return new Files(files.group(1), from, to);
      }
      throw Problem.field("topics", "a range has at most " + MOST_ROWS + " rows");
    }
    throw Problem.field(
        "topics", "known are overview, jobs, job:ID, files:ID:FROM-TO, connections:ID and log:ID");
  }

  /** Returns the job that it belongs to; empty if it is of all. */
  static Optional<String> job(Topic topic) {
    return switch (topic) {
      case Overview overview -> Optional.empty();
      case JobsTopic jobs -> Optional.empty();
      case OneJob one -> Optional.of(one.job());
      case Files files -> Optional.of(files.job());
      case Connections connections -> Optional.of(connections.job());
      case Log log -> Optional.of(log.job());
    };
  }
}
