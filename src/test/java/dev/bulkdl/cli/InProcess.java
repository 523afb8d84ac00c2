package dev.bulkdl.cli;

import dev.bulkdl.app.FileDownload;
import dev.bulkdl.model.Download;
import dev.bulkdl.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the main command inside the test's process, for tests that replace a layer below it. */
public final class InProcess {
  private InProcess() {}

  /** The exit code and the output. */
  public record Ended(int exit, String out, String err) {}

  public static Ended run(Settings settings, List<Download> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(InputStream.nullInputStream(), print(out), print(err), Map.of());
    OutputOptions output = new OutputOptions();
    int exit =
        new FileDownload(files, settings, output.outputs(), Optional.empty())
            .run(output.console(terminal));
    return new Ended(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs the program with these arguments. Standard input is empty. */
  public static Ended run(Map<String, String> environment, List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(InputStream.nullInputStream(), print(out), print(err), environment);
    int exit = Main.run(arguments.toArray(String[]::new), environment, terminal);
    return new Ended(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
