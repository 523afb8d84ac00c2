package dev.bulkdl.serve.web;

import dev.bulkdl.serve.job.Job;
import dev.bulkdl.serve.job.JobLimits;
import dev.bulkdl.serve.job.Jobs;
import dev.bulkdl.serve.store.Database;
import java.util.List;
import java.util.Optional;

/**
 * What the routes work on.
 *
 * @param defaults the limits that hold where nobody has set others
 */
public record Services(Database database, Jobs jobs, JobLimits defaults, Settings settings) {

  /**
   * How the daemon was started; shown, and never changed by the API.
   *
   * @param allowedNetworks private networks that downloads may reach
   */
  public record Settings(
      String version,
      String stateFolder,
      String root,
      String listen,
      List<Given> allowedNetworks) {}

  /**
   * A value, and where it comes from.
   *
   * @param from the option or the file that says so
   */
  public record Given(String value, String from) {}

  Optional<String> owner(String job) {
    return jobs.find(job).map(Job::owner);
  }
}
