package dev.bulkdl.serve.job;

/** Where a job goes in the queue. */
public sealed interface Move {
  record Top() implements Move {}

  record Bottom() implements Move {}

  record Before(String job) implements Move {}

  record After(String job) implements Move {}
}
