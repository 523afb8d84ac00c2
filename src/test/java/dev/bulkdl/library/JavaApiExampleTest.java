package dev.bulkdl.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Result;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the example of docs/java-api.md unchanged and runs it. */
class JavaApiExampleTest {

  @TempDir Path folder;

  @Test
  void exampleCompilesAndDownloads() throws Exception {
    Payload payload = new Payload(1, 300_000);
    try (FaultServer server = FaultServer.http()) {
      server.serve("/file", payload);

      Result result =
          run(
              JavaApiExample.compile(folder, System.getProperty("java.class.path")),
              server.uri("/file"),
              folder.resolve("out"));

      Outcome outcome = result.files().getFirst().outcome();
      assertThat(outcome).isInstanceOf(Outcome.Completed.class);
      assertThat(((Outcome.Completed) outcome).size()).isEqualTo(300_000);
      assertThat(((Outcome.Completed) outcome).proof()).isEqualTo(Proof.ETAG);
      assertThat(outcome.effort().segments()).isEqualTo(1);
      assertThat(outcome.effort().ranges()).isEqualTo(RangeSupport.SUPPORTED);
      assertThat(result.isComplete()).isTrue();
      Trees.assertHolds(folder.resolve("out"), "data/file.bin", payload);
    }
  }

  private static Result run(Path classes, URI source, Path target) throws Exception {
    URL[] path = {classes.toUri().toURL()};
    try (URLClassLoader loader =
        new URLClassLoader(path, JavaApiExampleTest.class.getClassLoader())) {
      return (Result)
          loader
              .loadClass("Example")
              .getMethod("download", URI.class, Path.class)
              .invoke(null, source, target);
    }
  }
}
