package dev.bulkdl.serve.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.engine.EngineSettings;
import dev.bulkdl.serve.store.Database;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Polling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A daemon's jobs on a real database and a real server, without the web. */
final class JobsFixture implements AutoCloseable {

  static final String ANNA = "u-anna";
  static final String BEN = "u-ben";

  final FaultServer server = FaultServer.http();
  final Path state;
  final Path root;
  private final UnaryOperator<JobSettings> change;
  private Database database;
  private Jobs jobs;

  private JobsFixture(Path folder, UnaryOperator<JobSettings> change) throws IOException {
    this.state = folder.resolve("state");
    this.root = folder.resolve("root");
    this.change = change;
    this.database = Database.open(state);
    addUser(ANNA, "{}");
    addUser(BEN, "{}");
    this.jobs = Jobs.open(database, settings());
  }

  static JobsFixture in(Path folder) throws IOException {
    return new JobsFixture(folder, settings -> settings);
  }

  static JobsFixture in(Path folder, UnaryOperator<JobSettings> change) throws IOException {
    return new JobsFixture(folder, change);
  }

  private JobSettings settings() {
    Settings run = Settings.in(state);
    return change.apply(
        JobSettings.in(state)
            .with(EngineSettings.DEFAULTS)
            .with(run.with(run.patience().withRetries(0)))
            .withLeastFree(1));
  }

  private void addUser(String id, String quota) throws IOException {
    Files.createDirectories(rootOf(id));
    database.write(
        sql ->
            sql.update(
                "INSERT INTO users (id, name, role, root, password, created, quota)"
                    + " VALUES (?, ?, 'write', ?, '', 0, ?)",
                id,
                id.substring(2),
                rootOf(id).toString(),
                quota));
  }

  void quota(String user, String json) {
    database.write(sql -> sql.update("UPDATE users SET quota = ? WHERE id = ?", json, user));
    jobs.quotaChanged();
  }

  Path rootOf(String user) {
    return root.resolve(user);
  }

  Jobs jobs() {
    return jobs;
  }

  Database database() {
    return database;
  }

  /** Ends the daemon and starts it again on the same folder. */
  void restart() throws IOException {
    jobs.close();
    database.close();
    database = Database.open(state);
    jobs = Jobs.open(database, settings());
  }

  /** Serves so many files of one size, at {@code /f1} and so on, and returns a manifest of them. */
  String manifest(int files, int bytes) {
    StringBuilder text = new StringBuilder("filename,url\n");
    for (int i = 1; i <= files; i++) {
      server.serve("/f" + i, new Payload(i, bytes));
      text.append("f").append(i).append(',').append(server.uri("/f" + i)).append('\n');
    }
    return text.toString();
  }

  Job add(String name, String manifest) {
    return add(NewJob.of(ANNA, name, ""), manifest);
  }

  Job add(NewJob job, String manifest) {
    AddResult result = jobs.add(job, new ManifestUpload.Text(job.name(), manifest));
    assertThat(result).isInstanceOf(AddResult.Added.class);
    return ((AddResult.Added) result).job();
  }

  Job job(String id) {
    return jobs.find(id).orElseThrow();
  }

  Job await(String id, JobState state) {
    return await(id, job -> job.state() == state);
  }

  Job await(String id, Predicate<Job> condition) {
    return Polling.await("job", () -> job(id), condition);
  }

  List<JobFile> files(String id) {
    return files(id, FileFilter.ALL);
  }

  List<JobFile> files(String id, FileFilter filter) {
    return jobs.files(id, filter, FileOrder.ROW, Optional.empty(), 1000).orElseThrow().items();
  }

  JobFile file(String id, long row) {
    return jobs.file(id, row).orElseThrow();
  }

  long count(String id, FileState state) {
    return job(id).counts().getOrDefault(state, 0L);
  }

  Path folderOf(Job job) {
    return rootOf(job.owner()).resolve(job.folder());
  }

  @Override
  public void close() {
    jobs.close();
    database.close();
    server.close();
  }
}
