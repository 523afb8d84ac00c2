package dev.bulkdl.disk;

import dev.bulkdl.settings.DiskSettings;
import java.io.IOException;
import java.nio.file.Path;

/** A separate process that holds an output folder until its standard input ends. */
final class Holder {
  private Holder() {}

  public static void main(String[] arguments) throws IOException {
    try (OutputFolder folder = OutputFolder.open(DiskSettings.in(Path.of(arguments[0])))) {
      System.out.println("holds " + folder.root());
      while (System.in.read() >= 0) {}
    }
  }

  /** Starts the process, and returns when it holds the folder. */
  static Process start(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String line = process.inputReader().readLine();
    if (line == null || !line.startsWith("holds ")) {
      process.destroyForcibly();
      throw new IOException("the holder does not hold: " + line);
    }
    return process;
  }
}
