package dev.bulkdl.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that programs depend on: without the command line and what only that needs. */
class LibraryJarIT {

  private static final Path LIBRARY =
      Path.of(System.getProperty("bulkdl.jar")).resolveSibling("library");

  /** What the pom marks as optional. */
  private static final Pattern ONLY_FOR_THE_COMMAND_LINE =
      Pattern.compile(
          ".*/(picocli|jline-|jetty-server|jetty-websocket|password4j|sqlite-|micrometer-|prometheus-).*");

  @TempDir private Path folder;

  @Test
  void theExampleRunsOnTheLibraryAlone() throws Exception {
    Payload payload = new Payload(1, 300_000);
    try (FaultServer server = FaultServer.http().serve("/file", payload)) {
      List<URL> path = new ArrayList<>(List.of(folder.toUri().toURL()));
      path.add(LIBRARY.resolve("bulkdl.jar").toUri().toURL());
      for (Path jar : dependencies()) {
        path.add(jar.toUri().toURL());
      }
      JavaApiExample.compile("Example", folder, classPath());
      try (URLClassLoader alone =
          new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
        Object result =
            alone
                .loadClass("Example")
                .getMethod("download", URI.class, Path.class)
                .invoke(null, server.uri("/file"), folder.resolve("out"));
        assertThat(result.getClass().getMethod("isComplete").invoke(result)).isEqualTo(true);
      }
    }
    Trees.assertHolds(
        folder.resolve("out"), Map.of("data/file.bin", payload, "data/more.bin", payload));
  }

  private static String classPath() throws IOException {
    return String.join(
        File.pathSeparator,
        Stream.concat(Stream.of(LIBRARY.resolve("bulkdl.jar")), dependencies().stream())
            .map(Path::toString)
            .toList());
  }

  private static List<Path> dependencies() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .filter(entry -> !ONLY_FOR_THE_COMMAND_LINE.matcher(entry).matches())
        .map(Path::of)
        .toList();
  }

  @Test
  void itHoldsNothingOfTheCommandLine() throws IOException {
    assertThat(names("bulkdl.jar"))
        .contains("dev/bulkdl/BulkDownloader.class", "dev/bulkdl/transfer/FileTransfer.class")
        .noneMatch(
            name -> name.startsWith("dev/bulkdl/cli/") || name.startsWith("dev/bulkdl/app/"));
  }

  @Test
  void sourcesAndJavadocAreBesideIt() throws IOException {
    assertThat(names("bulkdl-sources.jar"))
        .contains("dev/bulkdl/BulkDownloader.java", "dev/bulkdl/transfer/FileTransfer.java");
    assertThat(names("bulkdl-javadoc.jar"))
        .contains("dev/bulkdl/BulkDownloader.html", "dev/bulkdl/event/TransferEvent.html")
        .noneMatch(name -> name.startsWith("dev/bulkdl/transfer/"));
  }

  /** Users of the library do not get these. */
  @Test
  void itsPomAsksForNothingThatOnlyTheCommandLineNeeds() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    Pattern.compile("(?s)<dependency>(.*?)</dependency>")
        .matcher(pom.substring(pom.indexOf("</dependencyManagement>")))
        .results()
        .map(match -> match.group(1))
        .filter(
            block ->
                block.matches(
                    "(?s).*(picocli|jline|jetty-server|jetty-websocket|password4j|sqlite|micrometer|prometheus-m).*"))
        .forEach(block -> assertThat(block).contains("<optional>true</optional>"));
  }

  private static List<String> names(String jar) throws IOException {
    try (ZipFile zip = new ZipFile(LIBRARY.resolve(jar).toFile())) {
      return zip.stream().map(entry -> entry.getName()).toList();
    }
  }
}
