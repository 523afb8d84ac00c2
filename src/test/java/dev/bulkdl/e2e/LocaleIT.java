package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Names beyond ASCII where no UTF-8 locale is set: in cron, in a service of systemd, in a
 * container.
 */
@EnabledOnOs(OS.LINUX)
class LocaleIT extends EndToEnd {
  private static final Payload FILE = new Payload(1, 5_000);
  private static final Payload LARGE = new Payload(2, 24 * MIB);
  private static final String NAME = "ä/日本 \ud83d\ude00.txt";
  private static final String NONE = "-";

  /** With this JVM option, and no library of the system, JNA does not start. */
  private static final String[] NO_JNA = {"-Djna.nounpack=true", "-Djna.nosys=true"};

  private JarRun inLocale(String all, JarRun run) {
    JarRun without = run.under("env", "-u", "LC_ALL", "-u", "LC_CTYPE", "-u", "LANG");
    return all.equals(NONE) ? without : run.env("LC_ALL", all).env("LANG", "");
  }

  private JarRun inC(Object... arguments) {
    return inLocale("C", bulkdl(arguments));
  }

  private void serve(String manifest) {
    server.serve("/a", FILE);
    manifest(manifest, "filename,url", NAME + "," + server.uri("/a"));
  }

  /** ISO-8859-1 is not installed on most systems: then it is C. */
  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "en_US.ISO-8859-1", "C.UTF-8", NONE})
  void namesAreWrittenInUtf8WhateverTheLocale(String locale) {
    serve("straße.csv");
    JarRun run = bulkdl("straße.csv", "-d", "größe", "--temp-dir", "zwischen-é");
    Result result = inLocale(locale, run).run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).contains("größe");
    Trees.assertHolds(folder.resolve("größe"), NAME, FILE);
    assertThat(folder.resolve("zwischen-é")).isDirectory();
    assertThat(inLocale(locale, run).run().out()).contains("1 skipped");
    assertThat(server.requests("/a")).hasSizeLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", NONE})
  void theManifestsOwnNameGivesTheFolder(String locale) {
    serve("日本.csv");
    assertThat(inLocale(locale, bulkdl("日本.csv")).run().exit()).isZero();
    Trees.assertHolds(out("日本").path(), NAME, FILE);
    assertThat(inLocale(locale, bulkdl("verify", "日本.csv")).run().exit()).isZero();
    assertThat(inLocale(locale, bulkdl("plan", "日本.csv")).run().out()).contains(NAME);
  }

  @Test
  void getTakesItsNameFromTheLineFromTheUrlAndFromTheEnvironment() {
    server.serve("/a", FILE).serve("/caf%C3%A9", FILE);
    assertThat(inC("get", server.uri("/a"), "-o", "ä ö.bin").run().exit()).isZero();
    assertThat(inC("get", server.uri("/caf%C3%A9")).run().exit()).isZero();
    JarRun elsewhere = inC("get", server.uri("/a")).env("BULKDL_OUTPUT_DIR", "öde");
    assertThat(elsewhere.run().exit()).isZero();
    assertThat(List.of("ä ö.bin", "café", "öde/a"))
        .allMatch(name -> FILE.matches(folder.resolve(name)));
  }

  @Test
  void standardInputIsReadAfterTheRestart() {
    server.serve("/a", FILE);
    Result result =
        inC("-", "-d", "x").stdin("filename,url\n" + NAME + "," + server.uri("/a") + "\n").run();
    assertThat(result.exit()).as(result.err()).isZero();
    Trees.assertHolds(folder.resolve("x"), NAME, FILE);
  }

  /** As {@code bulkdl <(make-list)} of a shell does. */
  @Test
  void aDescriptorOfTheUserStaysOpen() {
    serve("list");
    JarRun run = inC("/dev/fd/7", "-d", "x");
    Result result = run.under("sh", "-c", "exec \"$@\" 7<list", "sh").run();
    assertThat(result.exit()).as(result.err()).isZero();
    Trees.assertHolds(folder.resolve("x"), NAME, FILE);
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
  void keepsItsProcessSoThatSignalsReachIt(String signal, int code) {
    server.serve("/a", LARGE).with("/a", new Fault.Stall(20 * MIB));
    manifestOf(NAME, "/a");
    try (BulkdlProcess process = inC("files.csv", "-s", 1).start()) {
      server.awaitBytesServed("/a", 20 * MIB);
      process.signal(signal);
      Result result = process.awaitExit();
      assertThat(result.exit()).as(result.err()).isEqualTo(code);
      assertThat(result.out()).contains("1 not finished");
    }
    assertThat(inC("files.csv").run().exit()).isZero();
    Trees.assertHolds(out("files").path(), NAME, LARGE);
  }

  @Test
  void exitCodesAreThoseOfTheRun() {
    serve("files.csv");
    server.always("/a", new Fault.Status(404));
    assertThat(inC("files.csv").run().exit()).isEqualTo(1);
    assertThat(inC("ä.csv").run().exit()).isEqualTo(2);
    assertThat(inC("--versiön").run().err()).contains("--versiön").doesNotContain("LC_ALL");
  }

  @Test
  void optionsOfTheJvmAreKept() {
    serve("files.csv");
    JarRun run = inC("files.csv", "-d", "x", "--on-file", "sh -c 'cat /proc/$PPID/cmdline >line'");
    assertThat(run.jvm("-Xmx77m", "-Dodd=ä b").run().exit()).isZero();
    assertThat(folder.resolve("line")).content().contains("-Xmx77m\0-Dodd=ä b\0-jar\0");
  }

  @ParameterizedTest
  @CsvSource({"C, C", "POSIX, POSIX", "-, unset"})
  void commandsOfTheUserSeeTheUsersLocale(String locale, String seen) throws IOException {
    serve("files.csv");
    String command = "sh -c 'echo ${LC_ALL-unset} >seen; env >>environment'";
    Result result =
        inLocale(locale, bulkdl("files.csv", "--on-file", command, "--on-complete", command)).run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(folder.resolve("seen")).hasContent(seen);
    assertThat(Files.readString(folder.resolve("environment"))).doesNotContain("USERS_LOCALE");
  }

  /** The process before it leaves nothing open. */
  @Test
  void noDescriptorLeaks() throws IOException {
    server.serve("/a", FILE);
    String command = "sh -c 'ls -l /proc/$PPID/fd >open'";
    String utf8 = "C.UTF-8";
    for (String locale : List.of("C", utf8)) {
      JarRun run = bulkdl("get", server.uri("/a"), "-d", locale, "--on-complete", command);
      assertThat(inLocale(locale, run).run().exit()).isZero();
      Files.move(folder.resolve("open"), folder.resolve(locale).resolve("open"));
    }
    assertThat(own(folder.resolve("C/open"))).isEqualTo(own(folder.resolve(utf8 + "/open")));
  }

  private static long own(Path open) throws IOException {
    return Files.readAllLines(open).stream()
        .filter(line -> line.matches(".*(/lib/modules|\\.jar|/dev/u?random)"))
        .count();
  }

  // ---- where the program cannot be started again

  @Test
  void withoutAWayToRestartOneMessageNamesTheLocaleBeforeAnyRequest() {
    serve("files.csv");
    manifest("two.csv", "filename,url", "é," + server.uri("/a"), "ö,http://h/");
    for (List<Object> arguments :
        List.<List<Object>>of(
            List.of("files.csv"),
            List.of("two.csv", "--skip-bad-rows"),
            List.of("plan", "files.csv"),
            List.of("get", server.uri("/a"), "-o", "é"),
            List.of("get", server.uri("/%C3%A9")),
            List.of("files.csv", "-d", "é"),
            List.of("é.csv"))) {
      Result result = inC(arguments.toArray()).jvm(NO_JNA).run();
      assertThat(result.exit()).as(arguments + result.err()).isEqualTo(2);
      assertThat(result.err().lines().filter(line -> line.contains("LC_ALL"))).hasSize(1);
      assertThat(result.err()).contains("LC_ALL=C,").contains("LC_ALL=C.UTF-8");
      assertThat(result.err()).doesNotContain("\tat ").doesNotContain("Exception");
    }
    Result result = inC("plain.csv").env("BULKDL_TEMP_DIR", "é").jvm(NO_JNA).run();
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("LC_ALL=C.UTF-8");
    assertThat(server.requests()).isEmpty();
    assertThat(Trees.names(folder)).containsOnly("files.csv", "two.csv");
  }

  @Test
  void withoutAWayToRestartPlainNamesDoAllTheSame() {
    server.serve("/a", FILE);
    manifestOf("plain/name", "/a");
    Result result = inC("files.csv").jvm(NO_JNA).run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).doesNotContain("LC_ALL");
    Trees.assertHolds(out("files").path(), Map.of("plain/name", FILE));
  }
}
