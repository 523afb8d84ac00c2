package dev.bulkdl.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Result;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the example of docs/java-api.md unchanged and runs it. */
class JavaApiExampleTest {

  private static final Pattern JAVA_BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

  @TempDir Path folder;

  @Test
  void exampleCompilesAndDownloads() throws Exception {
    Payload payload = new Payload(1, 300_000);
    try (FaultServer server = FaultServer.http()) {
      server.serve("/file", payload);

      Result result = run(compile(), server.uri("/file"), folder.resolve("out"));

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

  private Path compile() throws Exception {
    Matcher block = JAVA_BLOCK.matcher(Files.readString(Path.of("docs/java-api.md")));
    assertThat(block.find()).as("the page has a Java example").isTrue();
    Path source = Files.writeString(folder.resolve("Example.java"), block.group(1));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
    return folder;
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
