package dev.bulkdl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarRunTest {

  @TempDir private Path folder;
  private Path jar;

  /** Stands in for the jar under test and prints how it was started. */
  static final class Echo {
    public static void main(String[] args) throws IOException {
      String input = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
      System.out.println(String.join(" ", args) + "|" + input + "|" + System.getenv("BULKDL_X"));
      System.out.println(Path.of("").toAbsolutePath());
      System.err.println(System.getProperty("for.the.jvm"));
      System.exit(5);
    }
  }

  @BeforeEach
  void makeJar() throws IOException {
    jar = folder.resolve("echo.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Echo.class.getName());
    String entry = Echo.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        InputStream bytes = Echo.class.getClassLoader().getResourceAsStream(entry)) {
      out.putNextEntry(new JarEntry(entry));
      bytes.transferTo(out);
    }
  }

  @Test
  void handsDownAllThatItIsTold() throws IOException {
    JarRun run =
        JarRun.of("get", 1)
            .and("-q")
            .in(folder)
            .env("BULKDL_X", "x")
            .stdin("in")
            .jvm("-Dfor.the.jvm=y");
    BulkdlProcess.Result result = result(run);
    assertThat(result.out()).isEqualTo("get 1 -q|in|x\n" + folder.toRealPath() + "\n");
    assertThat(result.err()).isEqualTo("y\n");
    assertThat(result.exit()).isEqualTo(5);
  }

  @Test
  void runsUnderAnotherCommand() {
    String script = "ulimit -n 99; export BULKDL_X=$(ulimit -n); exec \"$@\"";
    assertThat(result(JarRun.of().under("sh", "-c", script, "sh")).out()).startsWith("||99\n");
  }

  private BulkdlProcess.Result result(JarRun run) {
    try (BulkdlProcess process = run.start(jar)) {
      return process.awaitExit();
    }
  }
}
