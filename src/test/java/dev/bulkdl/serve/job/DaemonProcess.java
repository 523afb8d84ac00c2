package dev.bulkdl.serve.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The process of a {@link KilledDaemon}; a call throws when it was killed before it answered. */
final class DaemonProcess implements AutoCloseable {
  private final Process process;
  private final PrintWriter to;
  private final BufferedReader from;

  DaemonProcess(Path folder) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledDaemon.class.getName(),
                folder.resolve("state").toString(),
                folder.resolve("root").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    to = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    from =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(from.readLine()).isEqualTo("ready");
  }

  Optional<String> tryAsk(String command) throws IOException {
    to.println(command);
    to.flush();
    return Optional.ofNullable(from.readLine());
  }

  String ask(String command) throws IOException {
    return tryAsk(command).orElseThrow(() -> new IOException("no answer to " + command));
  }

  /** Its last answer can still be read: the process itself would close its streams. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
  }
}
