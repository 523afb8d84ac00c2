package dev.bulkdl.serve.job;

import dev.bulkdl.engine.EngineSettings;
import dev.bulkdl.settings.AddressPolicy;
import dev.bulkdl.settings.Settings;
import java.nio.file.Path;
import java.util.List;

/**
 * What the daemon was started with.
 *
 * @param stateDir where the jobs' manifests, results and logs are
 * @param engine the settings of the engine, with the addresses that users may fetch from
 * @param run the settings of each run; its output folder is not used
 * @param mostJobs the jobs that run at one time
 * @param leastFree a job waits while its disk has less free bytes
 * @param mostManifestBytes the largest upload
 * @param mostRows the most rows of a job
 */
public record JobSettings(
    Path stateDir,
    EngineSettings engine,
    Settings run,
    int mostJobs,
    long leastFree,
    long mostManifestBytes,
    long mostRows) {

  private static final int USUAL_JOBS = 4;
  private static final long USUAL_FREE = 256L << 20;
  private static final long USUAL_MANIFEST = 2L << 30;
  private static final long USUAL_ROWS = 5_000_000;

  /** The usual settings for a state folder. */
  public static JobSettings in(Path stateDir) {
    return new JobSettings(
        stateDir,
        EngineSettings.DEFAULTS.with(AddressPolicy.restrictedTo(List.of())),
        Settings.in(stateDir),
        USUAL_JOBS,
        USUAL_FREE,
        USUAL_MANIFEST,
        USUAL_ROWS);
  }

  public JobSettings with(EngineSettings other) {
    return new JobSettings(stateDir, other, run, mostJobs, leastFree, mostManifestBytes, mostRows);
  }

  public JobSettings with(Settings other) {
    return new JobSettings(
        stateDir, engine, other, mostJobs, leastFree, mostManifestBytes, mostRows);
  }

  public JobSettings withMostJobs(int jobs) {
    return new JobSettings(stateDir, engine, run, jobs, leastFree, mostManifestBytes, mostRows);
  }

  public JobSettings withLeastFree(long bytes) {
    return new JobSettings(stateDir, engine, run, mostJobs, bytes, mostManifestBytes, mostRows);
  }
}
