package dev.bulkdl.serve.web;

import dev.bulkdl.serve.job.JobSettings;
import dev.bulkdl.serve.job.Jobs;
import dev.bulkdl.serve.store.Database;
import dev.bulkdl.settings.AddressPolicy;
import dev.bulkdl.settings.AddressRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Opens the jobs of a test; they may download from this machine. */
final class TestJobs {
  private TestJobs() {}

  static Jobs open(Database database, Path state) throws IOException {
    AddressPolicy local = AddressPolicy.restrictedTo(List.of(AddressRange.parse("127.0.0.0/8")));
    JobSettings usual = JobSettings.in(state);
    return Jobs.open(database, usual.with(usual.engine().with(local)));
  }
}
