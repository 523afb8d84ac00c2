package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Certificate;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code scripts/package} makes: run where there is no Java, installed and removed. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DistIT {

  /** Making the runtime and the archive of classes is several processor-minutes at worst. */
  private static final Duration BOUND = Duration.ofMinutes(5);

  private static final Path DIST = Path.of("target/dist").toAbsolutePath();
  private static final Payload CONTENT = new Payload(3, 100_000);

  @TempDir private static Path shared;
  private static Path unpacked;

  @TempDir private Path folder;
  private final FaultServer server = FaultServer.https().serve("/a.bin", CONTENT);
  private Path programs;

  @BeforeAll
  static void pack() throws Exception {
    Result made = run(Path.of("").toAbsolutePath(), System.getenv(), "scripts/package");
    assertThat(made.exit()).as(made.err()).isZero();
    Result tar = run(shared, System.getenv(), "tar", "-xzf", made(".tar.gz").toString());
    assertThat(tar.exit()).as(tar.err()).isZero();
    try (Stream<Path> folders = Files.list(shared)) {
      unpacked = folders.findFirst().orElseThrow();
    }
  }

  @BeforeEach
  void hideJava() throws IOException {
    programs = Files.createDirectory(folder.resolve("programs"));
    for (String name : List.of("sh", "readlink", "env")) {
      Files.createSymbolicLink(programs.resolve(name), Programs.find(name).orElseThrow());
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static Path made(String ending) throws IOException {
    try (Stream<Path> files = Files.list(DIST)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .findFirst()
          .orElseThrow(() -> new IOException("no " + ending + " in " + DIST));
    }
  }

  private static Result run(Path in, Map<String, String> environment, String... command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(in.toFile());
    builder.environment().keySet().retainAll(environment.keySet());
    builder.environment().putAll(environment);
    try (BulkdlProcess process = new BulkdlProcess(builder.start(), "")) {
      return process.awaitExit(BOUND);
    }
  }

  /** Runs a program where the PATH has no Java. */
  private Result withoutJava(String... command) throws IOException {
    assertThat(Programs.find("java")).isPresent(); // else this would prove nothing
    return run(folder, Map.of("PATH", programs.toString(), "LC_ALL", "C.UTF-8"), command);
  }

  private String bulkdl() {
    return unpacked.resolve("bin/bulkdl").toString();
  }

  @Test
  void downloadsOverTlsWithoutJava() throws IOException {
    Result ended =
        withoutJava(
            bulkdl(),
            "get",
            server.uri("/a.bin").toString(),
            "--cacert",
            Certificate.authority().toString());
    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(CONTENT.matches(folder.resolve("a.bin"))).isTrue();
  }

  @Test
  void theDemoRunsWithoutJava() throws IOException {
    Result ended = withoutJava(bulkdl(), "demo", "-d", "out", "--metrics-port", "0");
    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(folder.resolve("out/.bulkdl/report.html")).isNotEmptyFile();
  }

  @Test
  void runAgainNamesTheProgramAsItWasCalled() throws IOException {
    Result ended =
        withoutJava(bulkdl(), "get", server.uri("/gone.bin").toString(), "--insecure", "-d", "out");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.out()).contains("run again  " + bulkdl() + " get ");
  }

  @Test
  void worksThroughALinkAndAfterAMove() throws IOException {
    Path copy = folder.resolve("moved");
    assertThat(run(folder, System.getenv(), "cp", "-a", unpacked.toString(), "moved").exit())
        .isZero();
    Files.createSymbolicLink(programs.resolve("bulkdl"), copy.resolve("bin/bulkdl"));
    Result ended = withoutJava("sh", "-c", "bulkdl version");
    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(ended.out()).startsWith("bulkdl ");
    Result cache =
        run(
            folder,
            Map.of("PATH", programs.toString(), "JAVA_OPTS", "-XX:AOTMode=on"),
            "sh",
            "-c",
            "bulkdl version"); // fails if the cache does not fit
    assertThat(cache.exit()).as(cache.err()).isZero();
  }

  @Test
  void usageErrorsAndManualPageAreThere() throws IOException {
    assertThat(withoutJava(bulkdl(), "--nonsense").exit()).isEqualTo(2);
    assertThat(unpacked.resolve("share/man/man1/bulkdl.1")).content().startsWith(".TH BULKDL 1");
    assertThat(unpacked.resolve("share/bash-completion/completions/bulkdl")).isNotEmptyFile();
    assertThat(unpacked.resolve("share/zsh/site-functions/_bulkdl")).isNotEmptyFile();
    assertThat(unpacked.resolve("share/fish/vendor_completions.d/bulkdl.fish")).isNotEmptyFile();
    assertThat(DIST.resolve("Containerfile")).isNotEmptyFile();
  }

  /** Installs on this machine, and leaves it as it was. */
  @Test
  void debianInstallsAndRemovesIt() throws IOException {
    Programs.orSkip("the .deb", "dpkg-deb", "apt-get", "dpkg");
    Programs.skipUnless(
        "root".equals(System.getProperty("user.name")) && !Files.exists(Path.of("/usr/bin/bulkdl")),
        "installation of the .deb: it needs root and a machine without bulkdl");
    Map<String, String> environment =
        Map.of(
            "PATH", "/usr/sbin:/usr/bin:/sbin:/bin",
            "DEBIAN_FRONTEND", "noninteractive");
    Path deb = Files.copy(made(".deb"), folder.resolve("bulkdl.deb"));
    try {
      Result installed =
          run(
              folder,
              environment,
              "apt-get",
              "install",
              "-y",
              "--no-install-recommends",
              "./" + deb.getFileName());
      assertThat(installed.exit()).as(installed.out() + installed.err()).isZero();
      assertThat(withoutJava("/usr/bin/bulkdl", "version").out()).startsWith("bulkdl ");
      assertThat(Path.of("/usr/share/man/man1/bulkdl.1.gz")).exists();
      assertThat(Path.of("/usr/share/bash-completion/completions/bulkdl")).exists();
    } finally {
      Result removed = run(folder, environment, "apt-get", "purge", "-y", "bulkdl");
      assertThat(removed.exit()).as(removed.out() + removed.err()).isZero();
    }
    assertThat(Path.of("/usr/bin/bulkdl")).doesNotExist();
    assertThat(Path.of("/usr/lib/bulkdl")).doesNotExist();
    assertThat(Path.of("/usr/share/bash-completion/completions/bulkdl")).doesNotExist();
  }
}
