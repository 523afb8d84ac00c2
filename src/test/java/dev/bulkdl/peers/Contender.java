package dev.bulkdl.peers;

import dev.bulkdl.testkit.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A client, with the options that serve it best. Each may try five times, waits four seconds for a
 * silent server, follows ten redirects, and goes on with what an earlier run left.
 *
 * @param name as tables show it
 * @param version the command that prints its version
 * @param command its arguments, that of the program itself included
 */
record Contender(String name, List<String> version, Function<Errand, List<String>> command) {

  static List<Contender> all(Path project) {
    return List.of(curl(), wget2(), aria2("-x1"), aria2("-x4"), rclone(), bulkdl(project));
  }

  boolean isBulkdl() {
    return name.equals("bulkdl");
  }

  boolean isThere() {
    String program = version.getFirst();
    return program.contains("/") || Programs.find(program).isPresent();
  }

  /** The first line of what it says of itself. */
  String versionLine() throws IOException {
    Process process = new ProcessBuilder(version).redirectErrorStream(true).start();
    try (BufferedReader reader = process.inputReader()) {
      String line = reader.readLine();
      reader.transferTo(java.io.Writer.nullWriter());
      return line == null ? "unknown" : line.replaceFirst(" \\(.*", "").strip();
    }
  }

  private static Contender bulkdl(Path project) {
    String script = project.resolve("scripts/bulkdl").toString();
    return new Contender(
        "bulkdl",
        List.of(script, "--version"),
        errand ->
            List.of(
                script,
                errand.manifest().toString(),
                "-q",
                "-d",
                errand.out().toString(),
                "--retries",
                "5",
                "--retry-delay",
                "500ms",
                "--retry-max-delay",
                "2s",
                "--connect-timeout",
                "4s",
                "--response-timeout",
                "4s",
                "--idle-timeout",
                "4s",
                "--segment-min",
                "1M"));
  }

  /** One transfer after the other, so that connections are used again as in other clients. */
  private static Contender curl() {
    return new Contender(
        "curl",
        List.of("curl", "--version"),
        errand -> {
          List<String> command = new ArrayList<>();
          command.addAll(List.of("curl", "-q", "-sS", "--fail", "--fail-early", "--location"));
          command.addAll(List.of("--max-redirs", "10", "--continue-at", "-"));
          command.addAll(List.of("--retry", "4", "--retry-all-errors", "--connect-timeout", "4"));
          command.addAll(List.of("--speed-limit", "1", "--speed-time", "4"));
          errand
              .size()
              .ifPresent(size -> command.addAll(List.of("--max-filesize", String.valueOf(size))));
          command.addAll(List.of("-K", errand.curlConfig().toString()));
          return command;
        });
  }

  private static Contender wget2() {
    return new Contender(
        "wget2",
        List.of("wget2", "--version"),
        errand -> {
          List<String> command = new ArrayList<>();
          command.addAll(List.of("wget2", "--no-config", "-q", "--continue", "--http2=off"));
          command.addAll(List.of("--tries=5", "--waitretry=1", "--timeout=4"));
          command.addAll(List.of("--max-redirect=10", "--max-threads=4"));
          errand.size().ifPresent(size -> command.add("--quota=" + size));
          command.addAll(List.of("-P", errand.out().toString(), "-i", errand.urls().toString()));
          return command;
        });
  }

  /** With so many connections for one file. */
  private static Contender aria2(String connections) {
    return new Contender(
        connections.equals("-x1") ? "aria2c" : "aria2c " + connections,
        List.of("aria2c", "--version"),
        errand ->
            List.of(
                "aria2c",
                "--no-conf",
                "-q",
                "--continue=true",
                "--always-resume=false",
                "--max-resume-failure-tries=1",
                "--auto-file-renaming=false",
                "--max-tries=5",
                "--retry-wait=1",
                "--timeout=4",
                "--connect-timeout=4",
                "--file-allocation=none",
                "-k1M",
                connections,
                connections.replace("-x", "-s"),
                "-d",
                errand.out().toString(),
                "-i",
                errand.urls().toString()));
  }

  /** Its HTTP backend, which looks at sizes; copyurl does not. */
  private static Contender rclone() {
    return new Contender(
        "rclone",
        List.of("rclone", "version"),
        errand -> {
          List<String> command = new ArrayList<>();
          command.addAll(List.of("rclone", "--config", "/dev/null", "-q", "copy"));
          command.addAll(List.of("--retries", "5", "--retries-sleep", "1s"));
          command.addAll(List.of("--low-level-retries", "1", "--error-on-no-transfer"));
          command.addAll(List.of("--timeout", "4s", "--contimeout", "4s"));
          errand.size().ifPresent(size -> command.addAll(List.of("--max-size", size + "b")));
          command.addAll(List.of("--http-url", errand.base().toString(), "--no-traverse"));
          command.addAll(List.of("--files-from", errand.names("names.txt").toString()));
          command.addAll(List.of(":http:", errand.out().toString()));
          return command;
        });
  }
}
