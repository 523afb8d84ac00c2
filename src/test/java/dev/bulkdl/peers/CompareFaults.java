package dev.bulkdl.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perf/faults}: each client that is here meets each fault. */
@Command(
    name = "perf/faults",
    mixinStandardHelpOptions = true,
    description = "bulkdl and its peers on a faulty wire; perf/install-peers gets the peers.")
final class CompareFaults implements Callable<Integer> {
  private static final String BEGIN = "<!-- table: begin -->\n";
  private static final String END = "<!-- table: end -->";

  @Option(names = "--only", description = "Only cases whose group or title has this in it.")
  private String only = "";

  @Option(names = "--clients", split = ",", description = "Only these clients, by their names.")
  private List<String> clients = List.of();

  @Option(names = "--write", description = "Put the table into this page, such as docs/faults.md.")
  private Path page = Path.of("");

  @Option(names = "--keep", description = "Keep what clients wrote and said in this folder.")
  private Path keep = Path.of("");

  @Option(names = "--at-once", description = "Clients that run at the same time (3).")
  private int atOnce = 3;

  private CompareFaults() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new CompareFaults()).execute(arguments));
  }

  private static List<FaultCase> cases() {
    List<FaultCase> all = new ArrayList<>(SocketCases.surplus());
    Stream.of(
            JettyCases.cuts(),
            SocketCases.cuts(),
            JettyCases.ranges(),
            SocketCases.ranges(),
            JettyCases.versions(),
            SocketCases.versions(),
            JettyCases.codings(),
            SocketCases.codings(),
            JettyCases.statuses())
        .forEach(all::addAll);
    return all;
  }

  @Override
  public Integer call() throws Exception {
    Path project = Path.of("").toAbsolutePath();
    List<Contender> contenders = new ArrayList<>();
    for (Contender contender : Contender.all(project)) {
      if (!contender.isThere()) {
        System.err.println(contender.name() + " is not here: perf/install-peers");
      } else if (clients.isEmpty() || clients.contains(contender.name())) {
        contenders.add(contender);
      }
    }
    boolean kept = !keep.toString().isEmpty();
    Path folder =
        kept ? Files.createDirectories(keep).toRealPath() : Files.createTempDirectory("faults");
    FaultTable table = new FaultTable(contenders);
    try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
      int number = 0;
      for (FaultCase fault : cases()) {
        number++;
        if ((fault.group() + ": " + fault.title()).contains(only)) {
          Path home = Files.createDirectories(folder.resolve(Integer.toString(number)));
          Map<Contender, Verdict> row = row(threads, contenders, fault, home);
          table.add(fault, row);
          System.err.println(number + " " + fault.title() + ": " + text(row));
        }
      }
    } finally {
      if (!kept) {
        delete(folder);
      }
    }
    List<String> lines = table.lines(measured(project));
    lines.forEach(System.out::println);
    if (!page.toString().isEmpty()) {
      write(lines);
    }
    return table.isGood() ? 0 : 1;
  }

  private static Map<Contender, Verdict> row(
      ExecutorService threads, List<Contender> contenders, FaultCase fault, Path home)
      throws InterruptedException, ExecutionException {
    Map<Contender, Future<Verdict>> running = new LinkedHashMap<>();
    for (Contender contender : contenders) {
      Path own = home.resolve(contender.name().replace(' ', '_'));
      running.put(contender, threads.submit(() -> new Attempt(contender, fault, own).run()));
    }
    Map<Contender, Verdict> row = new LinkedHashMap<>();
    for (Map.Entry<Contender, Future<Verdict>> each : running.entrySet()) {
      row.put(each.getKey(), each.getValue().get());
    }
    return row;
  }

  private static String text(Map<Contender, Verdict> row) {
    Map<Verdict, List<String>> by = new EnumMap<>(Verdict.class);
    row.forEach(
        (contender, verdict) ->
            by.computeIfAbsent(verdict, unused -> new ArrayList<>()).add(contender.name()));
    return by.toString();
  }

  /** The day, and the commit of bulkdl. */
  private static String measured(Path project) throws IOException {
    Process git =
        new ProcessBuilder("git", "-C", project.toString(), "rev-parse", "--short", "HEAD").start();
    String commit = new String(git.getInputStream().readAllBytes()).strip();
    return "Measured on " + LocalDate.now(ZoneOffset.UTC) + "; bulkdl at commit " + commit + ".";
  }

  private void write(List<String> lines) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    String table = String.join("\n", lines) + "\n";
    Files.writeString(page, text.substring(0, begin) + table + text.substring(text.indexOf(END)));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
