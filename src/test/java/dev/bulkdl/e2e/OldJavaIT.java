package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The runnable jar on a Java that is too old for it. */
class OldJavaIT {

  private static final int JAVA_8 = 52;

  private static final Path JAR =
      Path.of(System.getProperty("bulkdl.jar", "target/bulkdl.jar")).toAbsolutePath();

  /** Every Java from 8 on loads the main class. */
  @Test
  void theMainClassIsOfJava8() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      String main = jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
      ZipEntry entry = jar.getEntry(main.replace('.', '/') + ".class");
      try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
        assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
        in.readUnsignedShort();
        assertThat(in.readUnsignedShort()).isEqualTo(JAVA_8);
      }
      assertThat(jar.stream().filter(each -> each.getName().equals("dev/bulkdl/cli/Main.class")))
          .hasSize(1);
    }
  }

  @Test
  void anOldJavaIsToldWhatIsNeeded() throws IOException {
    Result version = run("java", "-version");
    assumeThat(version.exit()).as("there is a java on the PATH").isZero();
    String number = version.err().replaceFirst("(?s)[^\"]*\"(1\\.)?(\\d+).*", "$2");
    assumeThat(Integer.parseInt(number)).as("it is older than 21").isLessThan(21);

    Result result = run("java", "-jar", JAR.toString(), "--help");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("bulkdl needs Java 21 or newer; this is " + number + " (/")
        .hasLineCount(1);
  }

  private static Result run(String... command) throws IOException {
    try (BulkdlProcess process = new BulkdlProcess(new ProcessBuilder(command).start(), "")) {
      return process.awaitExit();
    }
  }
}
