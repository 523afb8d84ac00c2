package dev.bulkdl.e2e;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What these tests share: a server, a folder to work in, and short words for runs in it. */
abstract class EndToEnd {
  static final int KIB = 1 << 10;
  static final int MIB = 1 << 20;

  /** What the contract allows to be fetched twice, for each connection and each kill. */
  static final long FETCHED_TWICE = 8L * MIB;

  final FaultServer server = FaultServer.http();

  /** The working folder of all runs. */
  @TempDir Path folder;

  @AfterEach
  void closeServer() {
    server.close();
  }

  /** A command line, run on a JVM that is tuned for a short life. */
  final JarRun bulkdl(Object... arguments) {
    return JarRun.of(arguments).in(folder).quick();
  }

  final Result run(Object... arguments) {
    return bulkdl(arguments).run();
  }

  /** Runs it until the server has sent this many bytes of the path, and kills it then. */
  final void killAfter(long bytes, String path, JarRun run) {
    int before = server.requests(path).size();
    long served = server.traffic().bytesServed(path);
    try (BulkdlProcess process = run.start()) {
      server.traffic().awaitRequests(path, before + 1);
      server.awaitBytesServed(path, served + bytes);
      process.kill9();
    }
    server.traffic().awaitIdle();
  }

  /** A manifest of that name in the working folder. */
  final Path manifest(String name, String... lines) {
    return manifest(name, List.of(lines));
  }

  final Path manifest(String name, List<String> lines) {
    try {
      return Files.write(folder.resolve(name), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The manifest {@code files.csv} of this one file. */
  final Path manifestOf(String filename, String path) {
    return manifest("files.csv", "filename,url", filename + "," + server.uri(path));
  }

  /** Serves {@code count} small payloads as {@code /0}, {@code /1} and so on. */
  final List<Payload> serveSmall(int count) {
    List<Payload> payloads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      payloads.add(new Payload(100 + i, 1000 + i));
      server.serve("/" + i, payloads.get(i));
    }
    return payloads;
  }

  /** What runs leave in the output folder of that name. */
  final OutFolder out(String name) {
    return new OutFolder(folder.resolve(name));
  }
}
