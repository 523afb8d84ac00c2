package dev.bulkdl.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perf/compare}: runs bulkdl and every installed peer in turn on every workload. */
@Command(
    name = "perf/compare",
    mixinStandardHelpOptions = true,
    description =
        "Compares bulkdl with the peers that are installed; perf/install-peers gets them.")
final class Compare implements Callable<Integer> {

  @Option(names = "--rounds", description = "Counted rounds, after one that is not (5).")
  private int rounds = 5;

  @Option(names = "--only", split = ",", description = "Only these workloads, by their names.")
  private List<String> only = List.of();

  @Option(names = "--smaller", description = "Divide the sizes by this, for a quick look (1).")
  private int divisor = 1;

  @Option(names = "--memory", description = "A folder in memory (/dev/shm).")
  private Path memory = Path.of("/dev/shm");

  @Option(names = "--disk", description = "A folder on the disk (target/perf).")
  private Path disk = Path.of("target/perf");

  private Compare() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Compare()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Tools tools = Tools.build(Path.of("").toAbsolutePath());
    List<Workload> workloads =
        Workload.all(tools, divisor).stream()
            .filter(workload -> only.isEmpty() || only.contains(workload.name()))
            .toList();
    if (workloads.isEmpty()) {
      System.err.println(
          "no such workload; there are "
              + String.join(
                  ", ", Workload.all(tools, divisor).stream().map(Workload::name).toList()));
      return 2;
    }
    Path scratch = Files.createTempDirectory(memory, "bulkdl-perf");
    Path onDisk = Files.createDirectories(disk).toRealPath();
    Data data = new Data(onDisk.resolve("data"));
    List<Table> tables = new ArrayList<>();
    try (PerfServer server = new PerfServer(data.folder(), onDisk.resolve("nginx"))) {
      Rounds all = new Rounds(tools, server, data, scratch, onDisk);
      for (Workload workload : workloads) {
        System.err.println(workload.title());
        Table table = new Table(workload, all.run(workload, rounds));
        tables.add(table);
        table.lines().forEach(System.out::println);
        System.out.println();
        keep(onDisk.resolve("raw.csv"), workload, table.figures());
      }
    } finally {
      Files.deleteIfExists(scratch);
    }
    Path plot = Files.writeString(onDisk.resolve("compare.svg"), new Plot(tables).svg());
    System.err.println("raw numbers: " + onDisk.resolve("raw.csv") + ", plot: " + plot);
    return tables.stream().allMatch(Table::isGood) ? 0 : 1;
  }

  private static void keep(Path csv, Workload workload, Map<Client, List<Measurement>> figures)
      throws IOException {
    List<String> lines = new ArrayList<>();
    if (!Files.exists(csv)) {
      lines.add("date,workload,client,round,wall_s,cpu_s,peak_kib,status,bytes_right");
    }
    figures.forEach(
        (client, runs) -> {
          for (int i = 0; i < runs.size(); i++) {
            Measurement run = runs.get(i);
            lines.add(
                String.format(
                    Locale.ROOT,
                    "%s,%s,%s,%d,%.3f,%.3f,%d,%d,%b",
                    LocalDate.now(ZoneOffset.UTC),
                    workload.name(),
                    client.name(),
                    i + 1,
                    run.wall(),
                    run.cpu(),
                    run.memory(),
                    run.status(),
                    run.bytesRight()));
          }
        });
    Files.write(csv, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
