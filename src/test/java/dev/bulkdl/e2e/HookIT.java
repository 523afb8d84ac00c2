package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FolderChanges;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Processes;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Commands that are run when a file, or the run, has ended. */
@DisabledOnOs(OS.WINDOWS)
class HookIT extends EndToEnd {
  private static final Payload CONTENT = new Payload(1, 5_000);

  /** How many commands for files run at a time. */
  private static final int AT_A_TIME = 4;

  private Path seen;

  @BeforeEach
  void makeFolder() throws IOException {
    seen = Files.createDirectory(folder.resolve("seen"));
  }

  private void script(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** Keeps the variables of a result, in a file of its own. */
  private void keeping(String name) throws IOException {
    script(name, "env -0 | grep -z '^BULKDL_' > seen/$$");
  }

  /** What {@link #keeping} kept, by name without {@code BULKDL_RESULT_}. */
  private List<Map<String, String>> kept() {
    try (Stream<Path> files = Files.list(seen)) {
      return files.map(HookIT::variables).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> variables(Path file) {
    Map<String, String> variables = new HashMap<>();
    try {
      for (String line : Files.readString(file).split("\0")) {
        assertThat(line).startsWith("BULKDL_RESULT_");
        int end = line.indexOf('=');
        variables.put(line.substring("BULKDL_RESULT_".length(), end), line.substring(end + 1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return variables;
  }

  private Map<String, String> keptOf(String filename) {
    List<Map<String, String>> of =
        kept().stream().filter(each -> filename.equals(each.get("FILE"))).toList();
    assertThat(of).as(filename).hasSize(1);
    return of.getFirst();
  }

  // ---- the variables of a hook

  @Test
  void aFilesCommandIsToldTheRowOfResultsCsv() throws IOException {
    keeping("keep.sh");
    server.serve("/a", CONTENT).serve("/there", CONTENT);
    String secret = server.uri("/a").toString().replace("://", "://me:s3cret@") + "?token=s3cret";
    manifest(
        "files.csv",
        "filename,url,size",
        "a/b.bin," + secret + ",",
        "there.bin," + server.uri("/there") + ",5000",
        "gone.bin," + server.uri("/gone") + ",7");
    Files.createDirectory(out("files").path());
    Files.write(out("files").file("there.bin"), CONTENT.bytes());
    Result result = bulkdl("files.csv", "--on-file", "./keep.sh").env("BULKDL_RETRIES", "1").run();
    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(kept()).hasSize(3);
    for (Map<String, String> row : out("files").results()) {
      String filename = row.get("filename");
      assertThat(keptOf(filename))
          .containsEntry("PATH", out("files").file(filename).toString())
          .containsEntry("URL", row.get("url"))
          .containsEntry("STATUS", row.get("status"))
          .containsEntry("BYTES", row.get("bytes"))
          .containsEntry("SIZE", row.get("size"))
          .containsEntry("SECONDS", row.get("seconds"))
          .containsEntry("ATTEMPTS", row.get("attempts"))
          .containsEntry("PROOF", row.get("proof"))
          .containsEntry("ERROR", row.get("error"))
          .hasSize(10);
    }
    assertThat(keptOf("gone.bin").get("ERROR")).startsWith("http: ");
    assertThat(keptOf("a/b.bin").get("URL")).endsWith("?token=***");
    assertThat(kept().toString()).doesNotContain("s3cret");
  }

  /** No name means anything to anybody, as a word or as a part of one. */
  @Test
  void namesAreNothingButNames() throws IOException {
    keeping("keep.sh");
    List<String> names =
        List.of(
            "-rf",
            "$(touch pwned)",
            "`touch pwned`",
            ";touch pwned;",
            "a  b",
            "it's",
            "say \"no\"",
            "*",
            "$HOME",
            "${BULKDL_RESULT_URL}",
            "back\\slash",
            "x=y",
            "größe 日本");
    server.serve("/a", CONTENT);
    List<String> lines = new ArrayList<>(List.of("filename,url"));
    names.forEach(name -> lines.add("\"" + name.replace("\"", "\"\"") + "\"," + server.uri("/a")));
    manifest("files.csv", lines);
    String command = "sh -c 'test -f \"$BULKDL_RESULT_PATH\" && exec ./keep.sh \"$1\"' sh '$(x) *'";
    Result result = run("files.csv", "--on-file", command);
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(kept())
        .extracting(each -> each.get("FILE"))
        .containsExactlyInAnyOrderElementsOf(names);
    for (Map<String, String> each : kept()) {
      assertThat(CONTENT.matches(Path.of(each.get("PATH")))).isTrue();
    }
    assertThat(folder.resolve("pwned")).doesNotExist();
  }

  @Test
  void theRunsCommandIsToldTheReport() throws IOException {
    keeping("keep.sh");
    server.serve("/a", CONTENT);
    manifest("files.csv", "filename,url", "a," + server.uri("/a"), "b," + server.uri("/gone"));
    Result result = run("files.csv", "--on-complete", "./keep.sh");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(kept()).hasSize(1);
    assertThat(kept().getFirst())
        .containsEntry("EXIT_CODE", "1")
        .containsEntry("MANIFEST", "files.csv")
        .containsEntry("OUTPUT_DIR", out("files").path().toString())
        .containsEntry("REPORT", out("files").own("report.json").toString())
        .containsEntry("TOTAL", "2")
        .containsEntry("COMPLETED", "1")
        .containsEntry("SKIPPED", "0")
        .containsEntry("FAILED", "1")
        .containsEntry("CANCELLED", "0")
        .containsEntry("BYTES", "5000")
        .containsKey("SECONDS")
        .hasSize(11);
  }

  /** Its own options, those from the environment too, are not those of a bulkdl it starts. */
  @Test
  void theRunsCommandMayRunBulkdlAgainInTheSameFolder() throws IOException {
    server.serve("/a", CONTENT);
    manifestOf("a.bin", "/a");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String jar =
        Path.of(System.getProperty("bulkdl.jar", "target/bulkdl.jar")).toAbsolutePath().toString();
    script(
        "again.sh",
        ": > seen/$$",
        "'%s' -jar '%s' files.csv -d out > again.txt 2>&1".formatted(java, jar));
    Result result =
        bulkdl("files.csv")
            .env("BULKDL_OUTPUT_DIR", "out")
            .env("BULKDL_ON_COMPLETE", "./again.sh")
            .env("BULKDL_JSON", "true")
            .run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(Files.readString(folder.resolve("again.txt")))
        .contains("0 completed, 1 skipped")
        .doesNotContain("{");
    assertThat(seen.toFile().list()).hasSize(1);
  }

  @Test
  void standardInputIsEmptyAndWhatTheySayIsKeptWithoutSecrets() throws IOException {
    serveSmall(1);
    manifestOf("a.bin", "/0");
    script("say.sh", "cat; echo out https://me:s3cret@h/; echo err >&2; printf '\\033[2J'");
    Result result =
        bulkdl("files.csv", "--on-file", "./say.sh", "--on-complete", "./say.sh")
            .stdin("not for commands")
            .run();
    assertThat(result.exit()).isZero();
    assertThat(out("files").ownLines("run.log"))
        .filteredOn(line -> line.contains(" hook-"))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .containsExactly(
            "hook-output file=a.bin text=\"out https://h/\"",
            "hook-output file=a.bin text=err",
            "hook-output file=a.bin text=\"\\\\u001b[2J\"",
            "hook-ended file=a.bin exit=0");
    assertThat(result.err())
        .contains("bulkdl: on-complete: out https://h/\n", "bulkdl: on-complete: err\n")
        .contains("\\u001b[2J")
        .doesNotContain("not for commands", "\u001b");
    assertThat(result.out()).doesNotContain("on-complete");
  }

  // ---- how they end

  @Test
  void thoseThatFailAreToldAndChangeNothing() throws IOException {
    List<Payload> payloads = serveSmall(3);
    script("fail.sh", "test \"$BULKDL_RESULT_FILE\" = 1 || exit 7");
    manifest(
        "files.csv",
        "filename,url",
        "0," + server.uri("/0"),
        "1," + server.uri("/1"),
        "2," + server.uri("/2"));
    Result result =
        run("files.csv", "--on-file", "./fail.sh", "--on-complete", "sh -c 'kill -9 $$'");
    assertThat(result.exit()).isZero();
    Trees.assertHolds(
        out("files").path(),
        Map.of("0", payloads.get(0), "1", payloads.get(1), "2", payloads.get(2)));
    assertThat(result.err())
        .containsOnlyOnce("--on-file: 2 of 3 commands failed; see the log")
        .contains("--on-complete failed: sh ended with 137");
    assertThat(out("files").ownLines("run.log"))
        .anyMatch(line -> line.endsWith("hook-ended file=0 exit=7"))
        .anyMatch(line -> line.endsWith("hook-ended file=1 exit=0"))
        .anyMatch(line -> line.endsWith("hook-ended file=2 exit=7"));
  }

  @Test
  void thoseThatCannotBeStartedAreToldAndChangeNothing() throws IOException {
    serveSmall(1);
    manifestOf("a.bin", "/0");
    Path noProgram = Files.writeString(folder.resolve("broken"), "#!/no/such/interpreter\n");
    assertThat(noProgram.toFile().setExecutable(true)).isTrue();
    Result result = run("files.csv", "--on-file", "./broken", "--on-complete", "./broken");
    assertThat(result.exit()).isZero();
    assertThat(result.err())
        .contains("--on-file: 1 of 1 commands failed")
        .contains("--on-complete cannot be started");
    assertThat(out("files").ownLines("run.log"))
        .anyMatch(line -> line.contains("hook-failed file=a.bin cause="));
  }

  @Test
  void whatTheyLeaveRunningIsNotWaitedFor() throws IOException {
    serveSmall(1);
    manifestOf("a.bin", "/0");
    script("leave.sh", "sleep 1000 & echo $! > pid; echo left");
    Result result = run("files.csv", "--on-file", "./leave.sh");
    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    Optional<ProcessHandle> left = ProcessHandle.of(pid);
    assertThat(left).isPresent();
    left.orElseThrow().destroyForcibly();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(out("files").ownLines("run.log"))
        .anyMatch(line -> line.endsWith("hook-output file=a.bin text=left"));
  }

  // ---- slow ones

  /** A command that tells by a name in the folder {@code seen} that it runs, and waits. */
  private RandomAccessFile waiting() throws IOException {
    Path fifo = folder.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().onExit().join().exitValue())
        .isZero();
    script("wait.sh", ": > seen/$$", "read line < fifo", ": > seen/$$.done");
    return new RandomAccessFile(fifo.toFile(), "rw");
  }

  private void many(int count) {
    serveSmall(count);
    List<String> lines = new ArrayList<>(List.of("filename,url"));
    IntStream.range(0, count).forEach(i -> lines.add(i + "," + server.uri("/" + i)));
    manifest("files.csv", lines);
  }

  private int begun() {
    return Optional.ofNullable(seen.toFile().list()).orElseThrow().length;
  }

  @Test
  void slowOnesRunAFewAtATimeAndHoldUpNoDownload() throws IOException {
    int count = 40;
    many(count);
    try (RandomAccessFile fifo = waiting();
        FolderChanges begun = new FolderChanges(seen);
        FolderChanges downloaded = new FolderChanges(Files.createDirectory(out("files").path()));
        BulkdlProcess process = bulkdl("files.csv", "--on-file", "./wait.sh").start()) {
      begun.await(AT_A_TIME);
      downloaded.awaitUntil(() -> allAreThere(count));
      assertThat(begun()).isEqualTo(AT_A_TIME);
      assertThat(process.isAlive()).isTrue();
      fifo.write("\n".repeat(count).getBytes(StandardCharsets.UTF_8));
      Result result = process.awaitExit();
      assertThat(result.exit()).as(result.err()).isZero();
    }
    assertThat(begun()).isEqualTo(2 * count);
  }

  private boolean allAreThere(int count) {
    return IntStream.range(0, count).allMatch(i -> Files.exists(out("files").file("" + i)));
  }

  /** Those that run are killed with what they started; those that wait are counted. */
  @Test
  void aSignalEndsThemAndBeginsNoMore() throws IOException {
    int count = 10;
    many(count);
    server.serve("/stalled", CONTENT).always("/stalled", new Fault.Stall(100));
    Files.writeString(
        folder.resolve("files.csv"),
        Files.readString(folder.resolve("files.csv")) + "stalled," + server.uri("/stalled") + "\n");
    script("hang.sh", "sleep 1000 & echo $! > $$; mv $$ seen; wait");
    try (FolderChanges begun = new FolderChanges(seen);
        FolderChanges downloaded = new FolderChanges(Files.createDirectory(out("files").path()));
        BulkdlProcess process =
            bulkdl("files.csv", "--on-file", "./hang.sh", "--on-complete", "./hang.sh").start()) {
      begun.await(AT_A_TIME);
      downloaded.awaitUntil(() -> allAreThere(count));
      process.signal("TERM");
      Result result = process.awaitExit();
      assertThat(result.exit()).as(result.err()).isEqualTo(143);
      assertThat(result.out()).contains("run again");
      assertThat(result.err())
          .contains("--on-file: 4 of 4 commands failed")
          .contains("--on-file: not run for 7 files, since a signal came")
          .doesNotContain("on-complete");
    }
    assertThat(begun()).isEqualTo(AT_A_TIME);
    for (String pid : Optional.ofNullable(seen.toFile().list()).orElseThrow()) {
      assertThat(ProcessHandle.of(Long.parseLong(pid))).as("the command").isEmpty();
      String child = Files.readString(seen.resolve(pid)).strip();
      Processes.awaitEnd(Long.parseLong(child));
    }
  }

  @Test
  void aSignalEndsTheRunsCommandToo() throws IOException {
    serveSmall(1);
    manifestOf("a.bin", "/0");
    script("hang.sh", ": > seen/$$; exec sleep 1000");
    try (FolderChanges begun = new FolderChanges(seen);
        BulkdlProcess process = bulkdl("files.csv", "--on-complete", "./hang.sh").start()) {
      begun.await(1);
      process.signal("INT");
      Result result = process.awaitExit();
      assertThat(result.exit()).as(result.err()).isEqualTo(130);
      assertThat(result.out()).contains("1 of 1 are there");
    }
    for (String pid : Optional.ofNullable(seen.toFile().list()).orElseThrow()) {
      Processes.awaitEnd(Long.parseLong(pid));
    }
  }
}
