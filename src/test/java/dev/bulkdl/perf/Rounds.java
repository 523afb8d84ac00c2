package dev.bulkdl.perf;

import dev.bulkdl.testkit.Certificate;
import dev.bulkdl.testkit.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Runs each client of a workload once per round and checks the bytes of every run. The order
 * changes from round to round, because a client gets the memory that the client before it freed.
 */
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
    workload.clients().stream()
        .filter(Client::isThere)
        .forEach(client -> figures.put(client, new ArrayList<>()));
    List<Client> order = new ArrayList<>(figures.keySet());
    for (int round = 0; round <= rounds; round++) {
      Collections.shuffle(order, new Random(round));
      for (Client client : order) {
        Measurement one = measured(workload, client);
        if (round > 0) { // the first round only warms the caches of server and disk
          Objects.requireNonNull(figures.get(client)).add(one);
        }
      }
    }
    return figures;
  }

  private Measurement measured(Workload workload, Client client) throws Exception {
    Measurement one = measure(workload, client);
    System.err.printf(
        "  %-34s %7.2f s %7.2f s CPU %6d MiB%s%n",
        client.name(),
        one.wall(),
        one.cpu(),
        one.memory() >> 10,
        one.isGood() ? "" : "  FAILED, status " + one.status());
    return one;
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

  /** Creates the files as an earlier run would have left them. */
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
