package dev.bulkdl.serve.web;

import dev.bulkdl.serve.job.Job;
import dev.bulkdl.serve.job.Jobs;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the routes work on.
 *
 * @param used returns what the files of a user take
 */
public record Services(Jobs jobs, Function<String, Usage> used, Settings settings) {

  /** What the files of a user take. */
  public record Usage(long bytes, long files) {}

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
   * @param from the option or the file that says so
   */
  public record Given(String value, String from) {}

  Optional<String> owner(String job) {
    return jobs.find(job).map(Job::owner);
  }
}
