package dev.bulkdl.engine;

import dev.bulkdl.BulkDownloader;
import dev.bulkdl.Engine;
import dev.bulkdl.Run;
import dev.bulkdl.model.Download;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A process of its own with runs on one engine, so that its memory, threads and descriptors are
 * nobody else's. It prints what it measured, a line {@code name=value} each.
 */
final class ManyRunsProcess {
  private ManyRunsProcess() {}

  /** Arguments: the URL of a file, a folder, the number of runs, the files of each. */
  public static void main(String[] arguments) throws IOException {
    URI uri = URI.create(arguments[0]);
    Path folder = Path.of(arguments[1]);
    int runs = Integer.parseInt(arguments[2]);
    int files = Integer.parseInt(arguments[3]);
    use(uri, folder.resolve("warm"), 1, 1); // what the JDK itself opens once is no leak
    Set<String> threads = threads();
    List<String> before = descriptors();
    use(uri, folder, runs, files);
    Set<String> left = threads();
    left.removeAll(threads);
    List<String> open = new ArrayList<>(descriptors());
    before.forEach(open::remove);
    System.out.println("threads=" + left);
    System.out.println("descriptors=" + open);
  }

  private static void use(URI uri, Path folder, int runs, int files) throws IOException {
    long direct = 0;
    long complete = 0;
    try (Engine engine = Engine.start()) {
      List<Run> started = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        BulkDownloader downloader =
            BulkDownloader.into(folder.resolve("run-" + i)).maxPerOrigin(64).engine(engine).build();
        started.add(downloader.start(downloads(uri, files)));
      }
      for (Run run : started) {
        complete += run.await().isComplete() ? 1 : 0;
        direct = Math.max(direct, direct());
      }
    }
    System.out.println("complete=" + complete);
    System.out.println("direct=" + direct);
  }

  private static List<Download> downloads(URI uri, int count) {
    return IntStream.range(0, count).mapToObj(i -> Download.of("f" + i, uri)).toList();
  }

  private static long direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  /** Of bulkdl's own; the JVM starts and ends others as it likes. */
  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("http") || name.equals("progress") || name.equals("run"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Sockets, pipes and files below a folder of the test. */
  private static List<String> descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.map(ManyRunsProcess::target)
          .filter(target -> target.startsWith("socket:") || target.contains("run-"))
          .map(target -> target.replaceAll("\\d+", "N"))
          .toList();
    }
  }

  private static String target(Path number) {
    try {
      return Files.readSymbolicLink(number).toString();
    } catch (IOException e) {
      return ""; // closed by now
    }
  }
}
