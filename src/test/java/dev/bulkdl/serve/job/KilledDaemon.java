package dev.bulkdl.serve.job;

import dev.bulkdl.engine.EngineSettings;
import dev.bulkdl.model.RateTable;
import dev.bulkdl.serve.store.Database;
import dev.bulkdl.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A daemon's jobs in a process of their own, which can be killed. It reads a command a line, and
 * prints an answer a line when what it did is said to be on disk.
 */
final class KilledDaemon {

  private static final String USER = "u";

  private final Jobs jobs;

  private KilledDaemon(Jobs jobs) {
    this.jobs = jobs;
  }

  /** Arguments: the state folder, the user's folder. */
  public static void main(String[] arguments) throws IOException {
    Path state = Path.of(arguments[0]);
    Path root = Path.of(arguments[1]);
    Files.createDirectories(root);
    Database database = Database.open(state);
    database.write(
        sql ->
            sql.update(
                "INSERT OR IGNORE INTO users (id, name, role, root, password, created)"
                    + " VALUES (?, ?, 'write', ?, '', 0)",
                USER,
                USER,
                root.toString()));
    Settings run = Settings.in(state);
    JobSettings settings =
        JobSettings.in(state)
            .with(EngineSettings.DEFAULTS)
            .with(
                run.with(run.patience().withRetries(0))
                    .with(run.limits().withSegments(1, run.limits().segmentMin())))
            .withLeastFree(1);
    Jobs jobs = Jobs.open(database, settings);
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    KilledDaemon daemon = new KilledDaemon(jobs);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(daemon.answer(line.split(" ", -1)));
    }
    jobs.close();
    database.close();
  }

  private String answer(String[] words) {
    String id = words.length > 1 ? words[1] : "";
    return switch (words[0]) {
      case "rate" -> {
        RateTable rate = RateTable.parse(words[1], ZoneOffset.UTC);
        OptionalInt none = OptionalInt.empty();
        jobs.limits(new JobLimits(none, none, none, none, Optional.of(rate)));
        yield "done";
      }
      case "add" -> {
        AddResult added =
            jobs.add(
                NewJob.of(USER, words[1], words[1]),
                ManifestUpload.urls(words[1], List.of(words[2].split(",", -1))));
        yield ((AddResult.Added) added).job().id();
      }
      case "rows" -> {
        NewJob held =
            new NewJob(USER, words[1], "", words[1], 0, JobLimits.NONE, JobSchedule.NONE, true);
        AddResult added =
            jobs.add(held, ManifestUpload.urls(words[1], urls(Integer.parseInt(words[2]))));
        yield ((AddResult.Added) added).job().id();
      }
      case "end-in-middle" -> {
        endAfterTheFirstSlice();
        yield "done";
      }
      case "more" ->
          jobs.addFiles(id, ManifestUpload.urls("", List.of(words[2]))).orElseThrow()
                  instanceof AddResult.Added
              ? "done"
              : "no";
      case "rename" ->
          jobs.change(
                  id,
                  new JobChange(
                      Optional.of(words[2]),
                      Optional.empty(),
                      OptionalInt.empty(),
                      Optional.empty(),
                      Optional.empty()))
              .map(Job::name)
              .orElse("no");
      case "delete" -> String.valueOf(jobs.delete(id, Deletion.KEEP));
      case "row" ->
          String.valueOf(
              jobs.act(
                      id,
                      new FileSelection.Rows(List.of(Long.parseLong(words[2]))),
                      FileAction.valueOf(words[3]))
                  .map(BatchResult::changed)
                  .orElse(0L));
      case "all" ->
          String.valueOf(
              jobs.act(id, new FileSelection.Matching(FileFilter.ALL), FileAction.valueOf(words[2]))
                  .map(BatchResult::changed)
                  .orElse(0L));
      case "list" ->
          jobs.list(JobFilter.ALL, Optional.empty(), 1000).items().stream()
              .map(Job::id)
              .collect(Collectors.joining(" "));
      case "show" -> jobs.find(id).map(KilledDaemon::shown).orElse("none");
      case "files" ->
          jobs.files(id, FileFilter.ALL, FileOrder.ROW, Optional.empty(), 1000)
              .map(
                  page ->
                      page.items().stream()
                          .map(file -> file.name() + ":" + file.state().label())
                          .collect(Collectors.joining(" ")))
              .orElse("none");
      default -> jobs.act(id, JobAction.valueOf(words[0])).map(KilledDaemon::shown).orElse("none");
    };
  }

  private static List<String> urls(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "http://host.invalid/f" + i).toList();
  }

  /** Ends the process as a kill does, as soon as a part of a batch is on disk. */
  private void endAfterTheFirstSlice() {
    jobs.onChange(
        change -> {
          if (change instanceof JobChanged.Counts) {
            Runtime.getRuntime().halt(9);
          }
        });
  }

  private static String shown(Job job) {
    long sum = job.counts().values().stream().mapToLong(Long::longValue).sum();
    String why = job.reason().orElse("") + job.hint().map(hint -> ": " + hint).orElse("");
    return job.state().label() + " " + job.name() + " " + job.rows() + " " + sum + " " + why;
  }
}
