package dev.bulkdl.serve.web;

import dev.bulkdl.serve.job.JobSettings;
import dev.bulkdl.serve.job.Jobs;
import dev.bulkdl.serve.store.Database;
import java.io.IOException;
import java.nio.file.Path;

/** Opens the jobs of a test. */
final class TestJobs {
  private TestJobs() {}

  static Jobs open(Database database, Path state) throws IOException {
    return Jobs.open(database, JobSettings.in(state));
  }
}
