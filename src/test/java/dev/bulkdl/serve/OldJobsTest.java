package dev.bulkdl.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.serve.job.AddResult;
import dev.bulkdl.serve.job.Job;
import dev.bulkdl.serve.job.JobAction;
import dev.bulkdl.serve.job.JobFilter;
import dev.bulkdl.serve.job.JobLimits;
import dev.bulkdl.serve.job.JobSchedule;
import dev.bulkdl.serve.job.JobSettings;
import dev.bulkdl.serve.job.Jobs;
import dev.bulkdl.serve.job.ManifestUpload;
import dev.bulkdl.serve.job.NewJob;
import dev.bulkdl.serve.store.Database;
import dev.bulkdl.serve.user.AuditLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldJobsTest {
  private static final Duration KEPT = Duration.ofDays(90);

  @TempDir private Path folder;
  private Database database;
  private Jobs jobs;
  private AuditLog audit;

  @BeforeEach
  void open() throws IOException {
    database = Database.open(folder.resolve("state"));
    Path root = Files.createDirectory(folder.resolve("root"));
    database.write(
        sql ->
            sql.update(
                "INSERT INTO users (id, name, role, root, password, created)"
                    + " VALUES ('u', 'anna', 'write', ?, '', 0)",
                root.toString()));
    jobs = Jobs.open(database, JobSettings.in(folder.resolve("state")));
    audit = new AuditLog(database, InstantSource.system());
  }

  @AfterEach
  void close() {
    jobs.close();
    database.close();
  }

  private String held(String name) {
    NewJob order = new NewJob("u", name, "", name, 0, JobLimits.NONE, JobSchedule.NONE, true);
    AddResult added =
        jobs.add(order, ManifestUpload.urls("list", List.of("http://localhost:9/" + name)));
    return ((AddResult.Added) added).job().id();
  }

  private List<String> afterLookAt(Instant time) {
    try (OldJobs old = new OldJobs(jobs, audit, KEPT, InstantSource.fixed(time))) {
      old.look();
    }
    return jobs.list(JobFilter.ALL, Optional.empty(), 10).items().stream().map(Job::id).toList();
  }

  @Test
  void aJobGoesSoLongAfterItsEndAndIsAudited() {
    String open = held("open");
    String over = held("over");
    jobs.act(over, JobAction.CANCEL);
    Instant end = jobs.find(over).orElseThrow().ended().orElseThrow();
    assertThat(afterLookAt(end.plus(KEPT))).contains(open, over);
    assertThat(audit.before(Long.MAX_VALUE, 10).items()).isEmpty();
    assertThat(afterLookAt(end.plus(KEPT).plusSeconds(1))).containsExactly(open);
    assertThat(audit.before(Long.MAX_VALUE, 10).items())
        .singleElement()
        .satisfies(entry -> assertThat(entry.target()).isEqualTo(over + " over"));
  }
}
