package dev.bulkdl.perf;

import dev.bulkdl.testkit.Certificate;
import dev.bulkdl.testkit.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Runs the clients of a workload in turn, A B C A B C, and checks the bytes of every run. */
final class Rounds {
  private final Tools tools;
  private final PerfServer server;
  private final Data data;
  private final Path memory;
  private final Path disk;
  private final Path lists;

  /**
   * @param memory a folder in memory
   * @param disk a folder on the disk
   */
  Rounds(Tools tools, PerfServer server, Data data, Path memory, Path disk) throws IOException {
    this.tools = tools;
    this.server = server;
    this.data = data;
    this.memory = memory;
    this.disk = disk;
    this.lists = Files.createDirectories(disk.resolve("lists"));
  }

  Map<Client, List<Measurement>> run(Workload workload, int rounds) throws Exception {
    data.make(workload);
    Map<Client, List<Measurement>> figures = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (Client client : workload.clients()) {
        if (client.isThere()) {
          Measurement one = measure(workload, client);
          System.err.printf(
              "  %-34s %7.2f s %7.2f s CPU %6d MiB%s%n",
              client.name(),
              one.wall(),
              one.cpu(),
              one.memory() >> 10,
              one.isGood() ? "" : "  FAILED, status " + one.status());
          if (round > 0) { // the first warms the caches of server and disk
            figures.computeIfAbsent(client, unused -> new ArrayList<>()).add(one);
          }
        }
      }
    }
    return figures;
  }

  private Measurement measure(Workload workload, Client client) throws Exception {
    Path out = Files.createDirectory((workload.disk() ? disk : memory).resolve("out"));
    try {
      if (workload.present()) {
        fill(workload, out);
      }
      Path result = lists.resolve("result");
      List<String> command =
          new ArrayList<>(List.of(tools.measure().toString(), result.toString()));
      command.addAll(client.command().apply(job(workload, out)));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(lists.resolve("output").toFile())
              .start();
      process.waitFor();
      return Measurement.read(result, isRight(workload, out));
    } finally {
      Folders.delete(out);
    }
  }

  /** As an earlier run would have left it. */
  private void fill(Workload workload, Path out) throws IOException {
    for (int i = 0; i < workload.files(); i++) {
      Files.copy(data.content(workload.size()), out.resolve(Data.name(workload, i)));
    }
  }

  private Job job(Workload workload, Path out) throws IOException {
    String hash = data.hash(workload);
    List<Job.Item> items =
        IntStream.range(0, workload.files())
            .mapToObj(i -> Data.name(workload, i))
            .map(name -> new Job.Item(name, server.uri(workload.way(), name), hash))
            .toList();
    return new Job(
        items,
        workload.size(),
        out,
        workload.connections(),
        workload.checksum(),
        Certificate.authority(),
        lists);
  }

  private boolean isRight(Workload workload, Path out) throws IOException {
    Path content = data.content(workload.size());
    for (int i = 0; i < workload.files(); i++) {
      Path file = out.resolve(Data.name(workload, i));
      if (!Files.exists(file) || Files.mismatch(content, file) >= 0) {
        return false;
      }
    }
    return true;
  }
}
