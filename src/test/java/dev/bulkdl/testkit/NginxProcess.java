package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A running nginx with a folder of its own. Closing it kills the process and deletes the folder.
 */
public final class NginxProcess implements AutoCloseable {
  private static final int ATTEMPTS = 5;

  /** What stands before the {@code http} block: one process, which logs to standard error. */
  private static final String MAIN =
      """
      daemon off;
      master_process off;
      worker_processes 1;
      error_log stderr notice;
      pid nginx.pid;
      events { worker_connections 4096; }
      """;

  private final Path home;
  private final List<Integer> ports;
  private final Process process;
  private final Output log;

  private NginxProcess(int ports, Function<List<Integer>, String> http) throws IOException {
    home = Files.createTempDirectory("bulkdl-nginx");
    this.ports = new ArrayList<>();
    for (int i = 0; i < ports; i++) {
      this.ports.add(freePort());
    }
    Path configuration =
        Files.writeString(home.resolve("nginx.conf"), MAIN + http.apply(List.copyOf(this.ports)));
    process = start(home, configuration);
    log = new Output("nginx's log", process.getErrorStream());
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param ports how many free ports it needs
   * @param http makes the {@code http} block for these ports
   */
  public static NginxProcess start(int ports, Function<List<Integer>, String> http) {
    try {
      for (int i = 1; ; i++) {
        NginxProcess nginx = new NginxProcess(ports, http);
        // The server listens now. If another process took a port in between, nginx ends instead.
        if (nginx.log.awaitOrEnd(text -> text.contains("event method"))) {
          return nginx;
        }
        nginx.close();
        if (i == ATTEMPTS) {
          throw new AssertionError("nginx does not start:\n" + nginx.log.text());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts nginx with this folder and this configuration; it logs to standard error. */
  public static Process start(Path home, Path configuration) throws IOException {
    return new ProcessBuilder(
            Programs.find("nginx").orElseThrow().toString(),
            "-p",
            home.toString(),
            "-e",
            "stderr",
            "-c",
            configuration.toString())
        .start();
  }

  /** Returns one of its ports, in the order in which they were given. */
  public int port(int index) {
    return ports.get(index);
  }

  /** Returns its folder, to which the paths of its configuration are relative. */
  Path home() {
    return home;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    Folders.delete(home);
  }

  /** Returns a port without a listener. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
