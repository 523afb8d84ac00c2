package dev.bulkdl.perf;

import dev.bulkdl.testkit.Programs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A program that can do a job.
 *
 * @param name the name in the tables
 * @param program the program that must be installed
 * @param command the whole command line of a job, including the program
 */
record Client(String name, String program, Function<Job, List<String>> command) {

  boolean isThere() {
    return Programs.find(program).isPresent();
  }

  boolean isBulkdl() {
    return name.startsWith("bulkdl");
  }

  boolean isFloor() {
    return name.startsWith("floor");
  }

  /** Returns bulkdl, started as the README describes, with these further options. */
  static Client bulkdl(Tools tools, String... options) {
    String name = ("bulkdl " + String.join(" ", options)).strip();
    return bulkdl(name, List.of(tools.script().toString()), options);
  }

  /** Returns the jar on a JVM without options. */
  static Client jar(Tools tools) {
    return bulkdl(
        "bulkdl by java -jar", List.of(tools.java().toString(), "-jar", tools.jar().toString()));
  }

  private static Client bulkdl(String name, List<String> start, String... options) {
    return new Client(
        name,
        "sh",
        job -> {
          List<String> command = new ArrayList<>(start);
          command.add(job.manifest().toString());
          command.addAll(List.of("-q", "-d", job.out().toString()));
          command.addAll(List.of("--cacert", job.authority().toString()));
          command.addAll(List.of("-c", count(job), "--max-per-host", count(job)));
          command.addAll(
              List.of("-j", String.valueOf(Math.min(job.connections(), job.files().size()))));
          command.addAll(List.of(options));
          return command;
        });
  }

  /** Returns a minimal client: the lower bound for any client. */
  static Client floor(Tools tools, String how, int kib) {
    return new Client(
        "floor " + how + " " + kib + "K",
        "sh",
        job -> {
          List<String> command = new ArrayList<>();
          command.add(tools.floor().toString());
          command.addAll(List.of(how, String.valueOf(kib)));
          command.addAll(List.of(job.first().getHost(), String.valueOf(job.first().getPort())));
          command.add(job.out().toString());
          job.files().forEach(item -> command.add(item.url().getPath()));
          return command;
        });
  }

  /** Returns the programs that fetch many files at a time. */
  static List<Client> peers() {
    return List.of(curl(), wget2(), aria2("-x1"), rclone());
  }

  private static Client curl() {
    return new Client(
        "curl -Z",
        "curl",
        job ->
            List.of(
                "curl",
                "-q",
                "-sS",
                "-Z",
                "--parallel-immediate",
                "--parallel-max",
                count(job),
                "--cacert",
                job.authority().toString(),
                "-K",
                job.curlConfig().toString()));
  }

  static Client wget2() {
    return new Client(
        "wget2",
        "wget2",
        job ->
            List.of(
                "wget2",
                "-q",
                "--no-config",
                "--max-threads=" + count(job),
                "--http2=off",
                "--ca-certificate=" + job.authority(),
                "-P",
                job.out().toString(),
                "-i",
                job.urls().toString()));
  }

  /** Returns wget2 with -nc. It checks only whether a file of this name exists. */
  static Client wget2Keeping() {
    return new Client(
        "wget2 -nc",
        "wget2",
        job -> {
          List<String> command = new ArrayList<>(wget2().command().apply(job));
          command.add("-nc");
          return command;
        });
  }

  /** Returns aria2 with this number of connections for one file, such as {@code -x4}. */
  static Client aria2(String split) {
    String pieces = split.replace("-x", "-s");
    return new Client(
        split.equals("-x1") ? "aria2c" : "aria2c " + split,
        "aria2c",
        job ->
            List.of(
                "aria2c",
                "--no-conf",
                "-q",
                "-j" + count(job),
                split,
                pieces,
                "-k1M",
                "--file-allocation=none",
                "--ca-certificate=" + job.authority(),
                "-d",
                job.out().toString(),
                "-i",
                job.urls().toString()));
  }

  static Client rclone() {
    return new Client(
        "rclone",
        "rclone",
        job ->
            List.of(
                "rclone",
                "--config",
                "/dev/null",
                "-q",
                "copy",
                "--http-url",
                job.base(),
                "--ca-cert",
                job.authority().toString(),
                "--no-traverse",
                "--files-from",
                job.names().toString(),
                "--transfers",
                count(job),
                "--multi-thread-streams",
                "0",
                ":http:",
                job.out().toString()));
  }

  /** Fetches only one file. */
  static Client axel() {
    return new Client(
        "axel",
        "axel",
        job ->
            List.of(
                "axel",
                "-q",
                "-n",
                count(job),
                "-o",
                job.out().resolve(job.files().getFirst().name()).toString(),
                job.first().toString()));
  }

  /** Returns this client followed by a sync: it ends when all written data is on the device. */
  Client forced() {
    return new Client(
        name,
        program,
        job -> {
          List<String> both = new ArrayList<>();
          both.addAll(List.of("sh", "-c", "\"$@\" && sync -f \"$0\"", job.out().toString()));
          both.addAll(command.apply(job));
          return both;
        });
  }

  /** Returns the reason why the client cannot take part; empty if it can. */
  Optional<String> missing() {
    return isThere() ? Optional.empty() : Optional.of(name + " is not here: perf/install-peers");
  }

  private static String count(Job job) {
    return String.valueOf(job.connections());
  }
}
