package dev.bulkdl.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs of the comparison.
 *
 * @param script starts bulkdl as the README describes
 * @param jar bulkdl
 * @param java the Java that runs it
 * @param floor the minimal client
 * @param measure runs a command and prints its figures
 */
record Tools(Path script, Path jar, Path java, Path floor, Path measure) {

  /** Compiles the C programs. */
  static Tools build(Path project) throws IOException, InterruptedException {
    Path into = Files.createDirectories(project.resolve("target/perf"));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new Tools(
        project.resolve("scripts/bulkdl").toAbsolutePath(),
        project.resolve("target/bulkdl.jar").toAbsolutePath(),
        java,
        compile(project.resolve("perf/floor.c"), into.resolve("floor")),
        compile(project.resolve("perf/measure.c"), into.resolve("measure")));
  }

  private static Path compile(Path source, Path program) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("cc", "-O2", "-pthread", "-o"));
    command.addAll(List.of(program.toString(), source.toString()));
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException("cannot compile " + source + "; perf/install-peers gets a C compiler");
    }
    return program.toAbsolutePath();
  }
}
