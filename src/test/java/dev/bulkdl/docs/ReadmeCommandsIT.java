package dev.bulkdl.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Folders;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command of the README is run, block by block, in one folder, as a reader would. Only these
 * are not the reader's: example.org is a server of the test, the hash is that of its file, Maven
 * and sudo only note their arguments, the script is the jar of this build, and the package is empty
 * ({@code DistIT} makes and installs a real one).
 */
@DisabledOnOs(OS.WINDOWS)
class ReadmeCommandsIT {
  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");
  private static final Payload DEBIAN = new Payload(1, 300_000);
  private static final Payload BERLIN = new Payload(2, 200_000);

  private final FaultServer server = FaultServer.http();
  @TempDir private Path folder;

  @BeforeEach
  void prepare() throws IOException {
    server.serve("/iso/debian.iso", DEBIAN).serve("/maps/berlin.pbf", BERLIN);
    Path jar = Path.of(System.getProperty("bulkdl.jar", "target/bulkdl.jar")).toAbsolutePath();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String start = "exec '" + java + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar '" + jar;
    program("scripts/bulkdl", start + "' \"$@\"");
    program(
        "scripts/package",
        "mkdir -p target/dist/bulkdl-1 && cd target/dist && tar -czf bulkdl-1.tar.gz bulkdl-1"
            + " && touch bulkdl_1.deb");
    program("bin/sudo", "echo \"$@\" >'" + folder.resolve("sudo") + "'");
    program("bin/mvn", "echo \"$@\" >'" + folder.resolve("maven") + "'");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void program(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private List<String> blocks() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    return BLOCK
        .matcher(readme)
        .results()
        .map(block -> block.group(1))
        .map(text -> text.replace("https://example.org", server.origin()))
        .map(text -> text.replaceAll("\\b[0-9a-f]{64}\\b", DEBIAN.sha256()))
        .toList();
  }

  /** Stops at the first command that fails. */
  private Result bash(String commands) throws IOException {
    String prelude = "set -e\nshopt -s expand_aliases\nalias bulkdl=\"$PWD/scripts/bulkdl\"\n";
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", prelude + commands).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("BULKDL_"));
    environment.put("PATH", folder.resolve("bin") + ":" + environment.get("PATH"));
    environment.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
    environment.put("TOKEN", "a-token-of-the-reader");
    try (BulkdlProcess process = new BulkdlProcess(builder.start(), "")) {
      return process.awaitExit();
    }
  }

  /** What a reader has before that command. */
  private void prepareFor(String block) throws IOException {
    if (block.contains("failed.csv")) {
      Folders.delete(folder.resolve("images/maps"));
      server.always("/maps/berlin.pbf", new Fault.Status(404));
      assertThat(bash("bulkdl images.csv").exit()).isEqualTo(1);
      server.mend("/maps/berlin.pbf");
    }
    if (block.contains("--on-file")) {
      Folders.delete(folder.resolve("images"));
    }
  }

  @Test
  void everyCommandWorks() throws IOException {
    List<String> blocks = blocks();
    assertThat(blocks).hasSizeGreaterThan(9);
    for (String block : blocks) {
      prepareFor(block);
      Result result = bash(block);
      assertThat(result.exit()).as(block + result.err()).isZero();
    }
    assertThat(folder.resolve("maven")).hasContent("verify");
    assertThat(folder.resolve("sudo")).hasContent("apt-get install ./target/dist/bulkdl_1.deb");
    assertThat(folder.resolve("home/.local/bulkdl-1")).isDirectory();
    assertThat(folder.resolve("bulkdl-demo")).isDirectory();
    assertThat(server.requests())
        .anyMatch(seen -> seen.header("Authorization").stream().anyMatch(s -> s.contains("token")));
    Trees.assertHolds(folder.resolve("urls"), Map.of("debian.iso", DEBIAN, "berlin.pbf", BERLIN));
    Trees.assertHolds(
        folder.resolve("images"), Map.of("debian.iso", DEBIAN, "maps/berlin.pbf", BERLIN));
    assertThat(folder.resolve("published/debian.iso")).hasBinaryContent(DEBIAN.bytes());
    assertThat(folder.resolve("new.iso")).hasBinaryContent(DEBIAN.bytes());
  }
}
