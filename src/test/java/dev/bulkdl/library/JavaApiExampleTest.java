package dev.bulkdl.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Engine;
import dev.bulkdl.Result;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the examples of docs/java-api.md unchanged and runs them. */
class JavaApiExampleTest {

  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir Path folder;

  @Test
  void exampleCompilesAndDownloads() throws Exception {
    Payload payload = new Payload(1, 300_000);
    try (FaultServer server = FaultServer.http()) {
      server.serve("/file", payload);

      Object[] arguments = {server.uri("/file"), folder.resolve("out")};
      Result result =
          (Result)
              run(
                  JavaApiExample.compile("Example", folder, CLASS_PATH),
                  "Example",
                  "download",
                  arguments);

      Outcome outcome = result.files().getFirst().outcome();
      assertThat(outcome).isInstanceOf(Outcome.Completed.class);
      assertThat(((Outcome.Completed) outcome).size()).isEqualTo(300_000);
      assertThat(((Outcome.Completed) outcome).proof()).isEqualTo(Proof.ETAG);
      assertThat(outcome.effort().segments()).isEqualTo(1);
      assertThat(outcome.effort().ranges()).isEqualTo(RangeSupport.SUPPORTED);
      assertThat(result.isComplete()).isTrue();
      Trees.assertHolds(
          folder.resolve("out"), Map.of("data/file.bin", payload, "data/more.bin", payload));
    }
  }

  @Test
  void contentExampleCompilesAndDownloads() throws Exception {
    Payload payload = new Payload(1, 300_000);
    Path classes = JavaApiExample.compile("Contents", folder, CLASS_PATH);
    try (FaultServer server = FaultServer.http();
        Engine engine = Engine.start()) {
      URI uri = server.serve("/file", payload).uri("/file");
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      ByteArrayOutputStream channel = new ByteArrayOutputStream();

      Object memory = run(classes, "Contents", "inMemory", engine, uri);
      Object copied = run(classes, "Contents", "copy", uri, stream);
      Object outcome = run(classes, "Contents", "copy", uri, Channels.newChannel(channel));

      assertThat(memory).isEqualTo(payload.bytes());
      assertThat(copied).isEqualTo(true);
      assertThat(stream.toByteArray()).isEqualTo(payload.bytes());
      assertThat(((Outcome.Completed) outcome).proof()).isEqualTo(Proof.ETAG);
      assertThat(channel.toByteArray()).isEqualTo(payload.bytes());
    }
  }

  private static Object run(Path classes, String type, String method, Object... arguments)
      throws Exception {
    URL[] path = {classes.toUri().toURL()};
    try (URLClassLoader loader =
        new URLClassLoader(path, JavaApiExampleTest.class.getClassLoader())) {
      Method fitting =
          Stream.of(loader.loadClass(type).getMethods())
              .filter(each -> each.getName().equals(method))
              .filter(each -> takes(each, arguments))
              .findFirst()
              .orElseThrow();
      return fitting.invoke(null, arguments);
    }
  }

  private static boolean takes(Method method, Object... arguments) {
    Class<?>[] types = method.getParameterTypes();
    return types.length == arguments.length
        && IntStream.range(0, types.length).allMatch(i -> types[i].isInstance(arguments[i]));
  }
}
