package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code scripts/bulkdl}: which Java it takes, and when it builds. It stands in a checkout of its
 * own here, with a Maven and JDKs that only say what they were called with.
 */
@DisabledOnOs(OS.WINDOWS)
class ScriptIT {

  @TempDir private Path checkout;

  @TempDir private Path elsewhere;

  private final Map<String, String> environment = new HashMap<>();
  private Path programs;

  @BeforeEach
  void makeCheckout() throws IOException {
    Path script = Files.createDirectories(checkout.resolve("scripts")).resolve("bulkdl");
    Files.copy(Path.of("scripts/bulkdl"), script, StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(checkout.resolve("src/main"));
    Files.createDirectories(checkout.resolve("target"));
    Files.createFile(checkout.resolve("pom.xml"));
    Instant past = Instant.now().minusSeconds(3600);
    for (String source : List.of("pom.xml", "src/main")) {
      Files.setLastModifiedTime(checkout.resolve(source), FileTime.from(past));
    }
    Files.createFile(checkout.resolve("target/bulkdl.jar"));
    programs = Files.createDirectories(elsewhere.resolve("bin"));
    environment.put("PATH", programs + File.pathSeparator + System.getenv("PATH"));
    environment.put("BULKDL_JDK_FOLDERS", elsewhere.resolve("jvm").toString());
    Files.createSymbolicLink(programs.resolve("java"), java(jdk("old", "17.0.2")));
  }

  /** A JDK in the folder that is searched; what it is called with, it says and notes. */
  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(elsewhere.resolve("jvm").resolve(name));
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"X\"\nJAVA_RUNTIME_VERSION=\"0\"\nJAVA_VERSION=\"" + version + "\"\n");
    Files.createDirectories(home.resolve("bin"));
    Files.copy(program(name, "exit 0"), home.resolve("bin/javac"));
    Files.move(
        program(name, "echo \"$*\" >>'" + starts() + "'; echo \"" + name + ": $*\""), java(home));
    return home;
  }

  private static Path java(Path home) {
    return home.resolve("bin/java");
  }

  private Path starts() {
    return elsewhere.resolve("starts");
  }

  private Path program(String name, String text) throws IOException {
    Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + text + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }

  private Result run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(checkout.resolve("scripts/bulkdl").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(List.of("JAVA_HOME", "JAVA_OPTS"));
    builder.environment().putAll(environment);
    try (BulkdlProcess process = new BulkdlProcess(builder.start(), "")) {
      return process.awaitExit();
    }
  }

  @Test
  void takesTheNewestJdkOfTheUsualFoldersWhereThatOnThePathIsTooOld() throws IOException {
    jdk("middle", "21.0.1");
    jdk("newest", "99.0.1");
    Result ended = run("files.csv", "-d", "two words");
    assertThat(ended.exit()).isZero();
    assertThat(ended.out())
        .startsWith("newest: ")
        .endsWith("-jar " + checkout.toRealPath() + "/target/bulkdl.jar files.csv -d two words\n");
  }

  @Test
  void takesTheJavaOnThePathWithoutStartingItOnlyToLearnWhereItIs() throws IOException {
    Files.delete(programs.resolve("java"));
    Files.createSymbolicLink(programs.resolve("java"), java(jdk("linked", "21.0.3")));
    jdk("newest", "99.0.1");
    assertThat(run("--version").out()).startsWith("linked: ");
    try (Stream<String> calls = Files.lines(starts())) {
      assertThat(calls).noneMatch(call -> call.contains("-XshowSettings"));
    }
  }

  @Test
  void asksAShimForTheJavaBehindIt() throws IOException {
    Path home = jdk("behind", "21.0.3");
    Files.delete(programs.resolve("java"));
    program("java", "echo '    java.home = " + home + "' >&2");
    environment.put("BULKDL_JDK_FOLDERS", "/nonexistent");
    assertThat(run("--version").out()).startsWith("behind: ");
  }

  @Test
  void prefersJavaHomeUnlessItIsTooOld() throws IOException {
    jdk("newest", "99.0.1");
    environment.put("JAVA_HOME", jdk("home", "21.0.1").toString());
    assertThat(run("--version").out()).startsWith("home: ");
    environment.put("JAVA_HOME", elsewhere.resolve("jvm/old").toString());
    assertThat(run("--version").out()).startsWith("newest: ");
  }

  @Test
  void saysWhatItFoundWhereNothingWillDo() throws IOException {
    jdk("eight", "1.8.0_412");
    Result ended = run("--version");
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .contains("needs a JDK of version 21 or newer")
        .contains("17.0.2  " + elsewhere.toRealPath().resolve("jvm/old"))
        .contains("1.8.0_412  " + elsewhere.toRealPath().resolve("jvm/eight"))
        .contains("Looked at: JAVA_HOME (not set), java on the PATH");
  }

  @Test
  void buildsAJarThatIsMissingOrOlderThanTheSources() throws IOException {
    jdk("newest", "99.0.1");
    program("mvn", "echo built >>'" + elsewhere + "/builds'; : >target/bulkdl.jar");
    Path builds = elsewhere.resolve("builds");

    assertThat(run("--version").exit()).isZero();
    assertThat(builds).doesNotExist();

    Files.delete(checkout.resolve("target/bulkdl.jar"));
    assertThat(run("--version").exit()).isZero();
    assertThat(builds).hasContent("built");

    Path source = Files.createFile(checkout.resolve("src/main/New.java"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(run("--version").exit()).isZero();
    assertThat(builds).hasContent("built\nbuilt");
  }

  @Test
  void showsWhatMavenSaidWhenItFails() throws IOException {
    jdk("newest", "99.0.1");
    program("mvn", "echo 'no such plugin'; exit 1");
    Files.delete(checkout.resolve("target/bulkdl.jar"));
    Result ended = run("--version");
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("no such plugin", "the build failed; nothing was downloaded");
  }

  private void javaTellsItsLocale() throws IOException {
    Path home = jdk("newest", "99.0.1");
    String text = "#!/bin/sh\nenv | grep -E '^(LANG|LC_|BULKDL_USERS)' | sort\n";
    Files.writeString(java(home), text);
    environment.put("LC_ALL", "");
    environment.put("LC_CTYPE", "");
    environment.put("LANG", "");
  }

  @Test
  void givesJavaAnEncodingForAllNamesAndChangesNothingElseOfTheLocale() throws IOException {
    javaTellsItsLocale();
    environment.put("LC_ALL", "POSIX");
    environment.put("LANG", "C.UTF-8");
    assertThat(run("files.csv").out())
        .contains("LANG=POSIX\n", "LC_CTYPE=C.UTF-8\n", "LC_MESSAGES=POSIX\n")
        .contains("BULKDL_USERS_LOCALE=LANG=C.UTF-8 LC_ALL=POSIX LC_CTYPE= LC_MESSAGES=\n")
        .doesNotContain("\nLC_ALL");
    environment.put("LC_ALL", "");
    environment.put("LANG", "POSIX");
    assertThat(run("files.csv").out())
        .contains("LANG=POSIX\n", "LC_CTYPE=C.UTF-8\n")
        .doesNotContain("\nLC_MESSAGES=");
  }

  @Test
  void leavesALocaleOfUtf8AsItIs() throws IOException {
    javaTellsItsLocale();
    environment.put("LANG", "C.UTF-8");
    assertThat(run("files.csv").out()).contains("LANG=C.UTF-8\n").doesNotContain("BULKDL_USERS");
  }

  /** They may be names in the encoding of the locale. */
  @Test
  void leavesArgumentsBeyondAsciiToTheProgram() throws IOException {
    javaTellsItsLocale();
    environment.put("LC_ALL", "C");
    assertThat(run("größe.csv").out()).contains("LC_ALL=C\n").doesNotContain("BULKDL_USERS");
  }

  /** With the real jar and the Java of this test. */
  @ParameterizedTest
  @CsvSource({"C, a.csv", "POSIX, ä.csv", "en_US.ISO-8859-1, a.csv", "'', a.csv"})
  void namesBeyondAsciiAreWrittenInUtf8(String locale, String name) throws IOException {
    Path jar = Path.of(System.getProperty("bulkdl.jar", "target/bulkdl.jar"));
    Files.copy(jar, checkout.resolve("target/bulkdl.jar"), StandardCopyOption.REPLACE_EXISTING);
    Path home = Path.of(System.getProperty("java.home"));
    for (String kept : List.of("aot", "jsa")) { // newer than the jar, or the script would make one
      Path file =
          checkout.resolve("target/bulkdl-" + System.getProperty("java.version") + "." + kept);
      Files.setLastModifiedTime(
          Files.createFile(file), FileTime.from(Instant.now().plusSeconds(60)));
    }
    environment.put("JAVA_HOME", home.toString());
    environment.put("JAVA_OPTS", "-Xshare:auto");
    environment.put("LC_ALL", locale);
    environment.put("LC_CTYPE", "");
    environment.put("LANG", "");
    Path out = elsewhere.resolve("out");
    Payload file = new Payload(1, 5_000);
    try (FaultServer server = FaultServer.http().serve("/a", file)) {
      Path manifest = elsewhere.resolve(name);
      Files.write(manifest, List.of("filename,url", "é/日本.txt," + server.uri("/a")));
      String seen = "sh -c 'echo ${LC_ALL-unset} >" + elsewhere + "/seen'";
      Result ended =
          run(manifest.toString(), "-d", out.toString(), "--on-file", seen, "--no-board");
      assertThat(ended.exit()).as(ended.err()).isZero();
      Trees.assertHolds(out, "é/日本.txt", file);
      assertThat(elsewhere.resolve("seen")).hasContent(locale.isEmpty() ? "unset" : locale);
    }
  }

  @Test
  void endsWithTheExitCodeOfTheJavaThatItBecame() throws IOException {
    Path home = jdk("newest", "99.0.1");
    Files.writeString(java(home), "#!/bin/sh\nexit 3\n");
    assertThat(run("files.csv").exit()).isEqualTo(3);
  }
}
