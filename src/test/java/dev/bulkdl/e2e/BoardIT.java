package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Tmux;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The board of the real jar on a terminal that tmux plays: keys go in, the screen comes out. */
class BoardIT extends EndToEnd {
  private static final Payload FILE = new Payload(7, MIB);
  private static final String SECRET = "hunter2";
  private static final Pattern FILE_NAME = Pattern.compile("file-\\d+\\.bin");

  /** What a Linux pipe holds. */
  private static final int PIPE = 64 * KIB;

  /** What stops at its half waits here. */
  private final Gate half = new Gate();

  @BeforeAll
  static void needsTmux() {
    Tmux.orSkip("the board on a terminal");
  }

  @AfterEach
  void letGo() {
    half.open();
  }

  /** A run of that many files that stop at their half: a board that stands still. */
  private JarRun standing(int files) {
    List<String> lines = new ArrayList<>(List.of("filename,url"));
    for (int i = 0; i < files; i++) {
      server.serve("/" + i, FILE).always("/" + i, new Fault.Stall(FILE.size() / 2, half));
      lines.add("file-" + i + ".bin," + server.uri("/" + i) + "?token=" + SECRET);
    }
    manifest("files.csv", lines);
    return bulkdl("files.csv", "--idle-timeout", "10m", "-s", 1, "--adaptive=off")
        .env("LC_ALL", "C.UTF-8");
  }

  private static boolean isStanding(String screen) {
    return allStand(1).test(screen);
  }

  /** All of that many files are shown at their half. */
  private static Predicate<String> allStand(int files) {
    return screen ->
        IntStream.range(0, files)
            .allMatch(
                i ->
                    screen
                        .lines()
                        .anyMatch(line -> line.matches(".*file-%d\\.bin .* 50%%.*".formatted(i))));
  }

  /** The files in the order of the board, which is that of their starts: any at all. */
  private static List<String> shown(Tmux tmux) {
    return FILE_NAME.matcher(tmux.screen()).results().map(MatchResult::group).toList();
  }

  private static void assertAsItWas(Tmux tmux) {
    assertThat(tmux.settingsAfter()).isEqualTo(tmux.settingsBefore()).contains(" icanon");
  }

  @Test
  void showsTheRun() {
    try (Tmux tmux = Tmux.start(standing(3), 100, 20)) {
      tmux.await(allStand(3));
      String screen =
          tmux.awaitAll(
              "0 of 3 files  1.5 MiB",
              "3/16 connections",
              "[files 3]  hosts 1  failures 0  log",
              "q stop  ? help");
      assertThat(screen).containsPattern("  file-2\\.bin +█+.░+  50%");
      assertThat(tmux.showsCursor()).isFalse();
      tmux.awaitTitle(title -> title.startsWith("bulkdl ") && title.endsWith("files.csv"));
      half.open();
      tmux.awaitExit(0);
      assertThat(tmux.screen()).contains("3 of 3 are there").doesNotContain("? help");
      assertThat(tmux.showsCursor()).isTrue();
    }
    Trees.assertHolds(
        out("files").path(), Map.of("file-0.bin", FILE, "file-1.bin", FILE, "file-2.bin", FILE));
  }

  @Test
  void keysShowOtherViews() {
    try (Tmux tmux = Tmux.start(standing(3), 80, 24)) {
      tmux.await(allStand(3));
      tmux.keys("2").await(screen -> screen.contains(server.origin() + " "));
      tmux.keys("3").await(screen -> screen.contains("nothing has failed"));
      tmux.keys("4").await(screen -> screen.contains("nothing has happened yet"));
      tmux.keys("?").await(screen -> screen.contains("q  stop cleanly"));
      tmux.keys("1").await(allStand(3));
      List<String> files = shown(tmux);
      tmux.keys("Down", "Down").await(screen -> screen.contains("▶ " + files.get(1)));
      tmux.keys("Up").await(screen -> screen.contains("▶ " + files.get(0)));
      assertThat(tmux.history()).doesNotContain(SECRET);
    }
  }

  @Test
  void pausesAndGoesOn() {
    try (Tmux tmux = Tmux.start(standing(2), 80, 24)) {
      tmux.await(allStand(2));
      tmux.keys("p").await(screen -> screen.contains("PAUSED  0 of 2 files"));
      tmux.awaitTitle(title -> title.contains("paused"));
      half.open();
      tmux.keys("p").awaitExit(0);
      assertThat(tmux.history()).contains("2 of 2 are there");
    }
  }

  @Test
  void pausesAHostAndLetsItGoOn() {
    try (Tmux tmux = Tmux.start(standing(3), 100, 24)) {
      tmux.await(allStand(3));
      tmux.keys("2", "z").await(screen -> screen.contains("choose a file or a host first"));
      tmux.keys("Down").await(screen -> screen.contains("▶  " + server.origin()));
      tmux.keys("z");
      tmux.awaitAll("host 127.0.0.1 is paused, its files wait; z lets it go on", "0/0 connections");
      server.traffic().awaitIdle();
      half.open();
      tmux.keys("z").awaitExit(0);
      assertThat(tmux.history()).contains("host 127.0.0.1 goes on", "3 of 3 are there");
    }
  }

  @Test
  void aPromptSetsTheRateAndTheConnections() {
    try (Tmux tmux = Tmux.start(standing(3), 100, 24)) {
      tmux.await(allStand(3));
      tmux.keys("l", "1", "0").await(screen -> screen.contains("rate: 10_  Enter sets it, Esc"));
      tmux.keys("q").await(screen -> screen.contains("rate: 10q_"));
      tmux.keys("Enter").await(screen -> screen.contains("'10q' "));
      tmux.keys("BSpace", "M", "Enter")
          .await(screen -> screen.contains("rate: at most 10M a second"));
      tmux.keys("l").await(screen -> screen.contains("now 10M"));
      tmux.keys("o", "f", "f", "Enter").await(screen -> screen.contains("rate: no limit"));
      tmux.keys("c", "2", "Enter")
          .await(screen -> screen.contains("at most 2 connections to each host, 2 in all"));
      tmux.await(screen -> screen.contains("2/2 connections"));
      tmux.keys("h", "1", "Enter").await(screen -> screen.contains("1/1 connections"));
      tmux.keys("c", "9", "Escape").await(screen -> screen.contains("? help"));
      half.open();
      tmux.awaitExit(0);
      assertThat(tmux.history()).contains("3 of 3 are there").doesNotContain("9 in all");
    }
  }

  /** The key p does something that can be seen while the schedule pauses too. */
  @Test
  void aPauseBesideThatOfTheScheduleIsSeen() {
    JarRun run = standing(1).and("--start-at", "2099-01-01T00:00");
    try (Tmux tmux = Tmux.start(run, 120, 24)) {
      tmux.awaitAll("PAUSED", "2099");
      tmux.keys("p")
          .await(screen -> screen.contains("pauses already, and your pause comes on top: "));
      tmux.keys("p")
          .await(screen -> screen.contains("your pause has ended, but the run still pauses: "));
      tmux.keys("q").awaitExit(3);
    }
  }

  /** Any of the files may be among those that are let in. */
  @Test
  void changesTheNumberOfConnections() {
    try (Tmux tmux = Tmux.start(standing(5).and("--max-per-host", 2), 80, 24)) {
      tmux.await(screen -> screen.contains("2/2 connections"));
      tmux.keys("+", "+").await(screen -> screen.contains("4/4 connections"));
      tmux.keys("-").await(screen -> screen.contains("/3 connections"));
    }
  }

  @Test
  void cancelsTheChosenFileOnly() {
    try (Tmux tmux = Tmux.start(standing(3), 80, 24)) {
      tmux.await(allStand(3));
      List<String> files = shown(tmux);
      tmux.keys("x").keys("Down", "Down").await(screen -> screen.contains("▶ " + files.get(1)));
      tmux.keys("x")
          .await(
              screen ->
                  screen.contains("1 cancelled")
                      && screen.contains(files.get(0))
                      && !screen.contains(files.get(1)));
      half.open();
      tmux.awaitExit(3);
      assertThat(out("files").result(files.get(1))).containsEntry("status", "cancelled");
      assertThat(out("files").result(files.get(0))).containsEntry("status", "completed");
    }
  }

  /** Its partial file stays, the other file goes on, and it goes on where it was. */
  @Test
  void pausesOneFileAndLetsItGoOn() {
    try (Tmux tmux = Tmux.start(standing(2), 80, 24)) {
      tmux.await(allStand(2));
      String file = shown(tmux).getFirst();
      tmux.keys("Down").await(screen -> screen.contains("▶ " + file));
      tmux.keys("z").await(screen -> lineOf(screen, file).endsWith("paused        -"));
      half.open();
      tmux.await(screen -> screen.contains("1 of 2 files") && screen.contains(file));
      assertThat(out("files").file(file + ".part")).exists();
      tmux.keys("z").awaitExit(0);
    }
    assertThat(out("files").report().get("bytes").get("discarded").asLong()).isZero();
  }

  private static String lineOf(String screen, String file) {
    return screen
        .lines()
        .filter(line -> line.contains(file))
        .findFirst()
        .orElse("")
        .stripTrailing();
  }

  /** The server asks for an hour; the user does not want to wait. */
  @Test
  void triesAtOnceWhatWaits() {
    server.serve("/busy", FILE).with("/busy", new Fault.RetryAfter(503, 3600));
    JarRun run = standing(1).and("--retry-max-delay", "1h");
    manifest(
        "files.csv",
        "filename,url",
        "file-0.bin," + server.uri("/0"),
        "busy," + server.uri("/busy"));
    try (Tmux tmux = Tmux.start(run, 80, 24)) {
      tmux.await(BoardIT::isStanding);
      tmux.keys("3").await(screen -> screen.contains("again in 59:"));
      tmux.keys("R").await(screen -> screen.contains("tried at once: 1 wait"));
      tmux.keys("6").await(screen -> screen.contains("busy") && screen.contains("completed"));
      half.open();
      tmux.awaitExit(0);
    }
  }

  @Test
  void theHelpScrollsOnALowTerminal() {
    try (Tmux tmux = Tmux.start(standing(1), 80, 12)) {
      tmux.await(BoardIT::isStanding);
      tmux.keys("?").await(screen -> screen.contains("q  stop cleanly"));
      tmux.keys("End").await(screen -> screen.contains("?  close this"));
      tmux.keys("?").await(BoardIT::isStanding);
    }
  }

  @Test
  void showsWhatWaitsForAConnection() {
    try (Tmux tmux = Tmux.start(standing(3).and("-j", 1), 80, 24)) {
      tmux.await(screen -> screen.contains("queue 2") && screen.contains("[files 1]"));
      tmux.keys("5")
          .await(
              screen ->
                  screen.contains("[queue 2]") && screen.contains("1 more, which have not begun"));
      tmux.keys("6").await(screen -> screen.contains("no file has ended yet"));
    }
  }

  @Test
  void takesUpAgainWhatHasFailed() {
    server.serve("/bad", FILE).with("/bad", new Fault.Status(404));
    JarRun run = standing(1);
    manifest(
        "files.csv", "filename,url", "file-0.bin," + server.uri("/0"), "bad," + server.uri("/bad"));
    try (Tmux tmux = Tmux.start(run, 80, 24)) {
      tmux.await(BoardIT::isStanding);
      tmux.awaitAll("1 failed", "failed: bad: http: ");
      tmux.keys("3")
          .await(screen -> screen.contains("bad") && screen.contains("failed  http: 404"));
      tmux.keys("R").await(screen -> screen.contains("nothing has failed"));
      half.open();
      tmux.awaitExit(0);
    }
  }

  @Test
  void qStopsCleanly() {
    try (Tmux tmux = Tmux.start(standing(3), 80, 24)) {
      tmux.await(BoardIT::isStanding);
      tmux.keys("q").awaitExit(3);
      assertThat(tmux.screen()).contains("3 not finished", "run again").doesNotContain("? help");
      assertThat(tmux.showsCursor()).isTrue();
      assertThat(tmux.title()).doesNotContain("bulkdl");
      assertAsItWas(tmux);
    }
    half.open();
    assertThat(run("files.csv").exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void aSignalStopsCleanly(String signal, int code) {
    try (Tmux tmux = Tmux.start(standing(3), 80, 24)) {
      tmux.await(BoardIT::isStanding);
      if (signal.equals("INT")) {
        tmux.keys("C-c");
      } else {
        tmux.signal(signal);
      }
      tmux.awaitExit(code);
      assertThat(tmux.screen()).contains("3 not finished").doesNotContain("? help");
      assertThat(tmux.showsCursor()).isTrue();
      assertAsItWas(tmux);
    }
  }

  /** Nobody reads the log, so the run cannot tell of its end. */
  @Test
  void aSecondSignalLeavesTheTerminalAsItWasToo() throws IOException {
    Path fifo = folder.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().onExit().join().exitValue())
        .isZero();
    JarRun run = standing(200).and("--log-file", fifo);
    try (RandomAccessFile full = new RandomAccessFile(fifo.toFile(), "rw")) {
      full.write(new byte[PIPE - 8 * KIB]);
      try (Tmux tmux = Tmux.start(run, 80, 24)) {
        tmux.await(screen -> screen.contains(" 50%"));
        tmux.keys("C-c").await(screen -> screen.contains("STOPPING"));
        tmux.keys("C-c").awaitExit(130);
        assertThat(tmux.screen()).doesNotContain("? help").doesNotContain("not finished");
        assertThat(tmux.showsCursor()).isTrue();
        assertAsItWas(tmux);
      }
    }
  }

  @Test
  void isDrawnAnewInAnySize() {
    try (Tmux tmux = Tmux.start(standing(9), 80, 24)) {
      tmux.await(BoardIT::isStanding);
      for (int[] size :
          new int[][] {{300, 50}, {120, 40}, {40, 30}, {20, 10}, {25, 12}, {100, 20}}) {
        tmux.resize(size[0], size[1]);
        tmux.await(screen -> isDrawnFor(size[0], screen));
      }
      tmux.await(screen -> isStanding(screen) && screen.contains("q stop  ? help"));
    }
  }

  /** The bar of the run is as long as can be, and nothing is left of a board before. */
  private static boolean isDrawnFor(int columns, String screen) {
    return screen.lines().anyMatch(line -> line.matches("[█▏▎▍▌▋▊▉·]{%d}".formatted(columns - 1)))
        && screen.lines().filter(line -> line.contains("? help")).count() == 1;
  }

  /** The board stands at the top of the terminal when they come, and no copy of it stays. */
  @Test
  void linesScrollAwayAboveTheBoard() {
    JarRun run = standing(1);
    Gate lines = new Gate();
    List<String> rows = new ArrayList<>(List.of("filename,url"));
    rows.add("file-0.bin," + server.uri("/0"));
    try (FaultServer other = FaultServer.http()) {
      for (int i = 0; i < 40; i++) {
        other.always("/gone-" + i, new Fault.HoldBefore(lines));
        rows.add("gone-" + i + "," + other.uri("/gone-" + i));
      }
      manifest("files.csv", rows);
      try (Tmux tmux = Tmux.start(run.and("--max-per-host", 3), 80, 24)) {
        tmux.await(BoardIT::isStanding);
        lines.open();
        tmux.await(screen -> screen.contains("40 failed") && failures(screen) > 2);
        tmux.awaitHistory(history -> failures(history) == 40);
        half.open();
        tmux.awaitExit(1);
        String history = tmux.history();
        assertThat(history).doesNotContain("? help");
        assertThat(failures(history)).isEqualTo(40);
      }
    }
  }

  private static long failures(String text) {
    return text.lines().filter(line -> line.startsWith("failed: gone-")).count();
  }

  @ParameterizedTest
  @CsvSource({"'', true", "1, false"})
  void withoutColourThereIsNone(String noColor, boolean coloured) {
    try (Tmux tmux = Tmux.start(standing(2).env("NO_COLOR", noColor), 80, 24)) {
      tmux.await(BoardIT::isStanding);
      assertThat(tmux.styledScreen().contains("\033[32m")).isEqualTo(coloured);
      assertThat(tmux.styledScreen().contains("\033")).isEqualTo(coloured);
    }
  }

  @Test
  void isAsciiWhereTheLocaleIs() {
    server.serve("/odd", FILE).always("/odd", new Fault.Status(404));
    JarRun run = standing(1).env("LC_ALL", "C").env("LANG", "C");
    manifest(
        "files.csv",
        "filename,url",
        "file-0.bin," + server.uri("/0"),
        "中文.bin," + server.uri("/odd"));
    try (Tmux tmux = Tmux.start(run, 80, 24)) {
      tmux.await(screen -> isStanding(screen) && screen.contains("1 failed"));
      assertThat(tmux.keys("3").awaitAll("> ??.bin", "###")).matches("\\p{ASCII}*");
      tmux.keys("1").await(BoardIT::isStanding);
    }
  }

  @Test
  void theSummaryGoesElsewhereIfTold() throws IOException {
    Path elsewhere = folder.resolve("summary");
    try (Tmux tmux = Tmux.start(standing(2), 80, 24, ">\"" + elsewhere + "\"")) {
      tmux.await(BoardIT::isStanding);
      tmux.keys("q").awaitExit(3);
      assertThat(tmux.screen()).contains("stopped; ").doesNotContain("run again");
      assertAsItWas(tmux);
    }
    assertThat(Files.readString(elsewhere)).contains("run again").doesNotContain("\033");
  }

  @Test
  void needsNoKeyboard() {
    try (Tmux tmux = Tmux.start(standing(2), 80, 24, "</dev/null")) {
      tmux.await(BoardIT::isStanding);
      half.open();
      tmux.awaitExit(0);
      assertAsItWas(tmux);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dumb", "no-board", "quiet", "2>lines", "background"})
  void plainLinesWhereThereIsNoBoard(String why) throws IOException {
    JarRun run = standing(1);
    half.open();
    Tmux started =
        switch (why) {
          case "dumb" -> Tmux.start(run.under("env", "TERM=dumb"), 80, 24);
          case "2>lines" -> Tmux.start(run, 80, 24, "2>\"" + folder.resolve("lines") + "\"");
          case "background" -> Tmux.start(run, 80, 24, "& wait $!");
          default -> Tmux.start(run.and("--" + why), 80, 24);
        };
    try (started) {
      started.awaitExit(0);
      String lines =
          why.equals("2>lines") ? Files.readString(folder.resolve("lines")) : started.history();
      assertThat(lines.contains("ended after")).isEqualTo(!why.equals("quiet"));
      assertThat(lines).doesNotContain("\033");
      assertAsItWas(started);
    }
  }

  @Test
  void nothingInANameReachesTheTerminal() {
    JarRun run = standing(1);
    server.serve("/odd", FILE).always("/odd", new Fault.Stall(FILE.size() / 2, half));
    manifest(
        "files.csv",
        "filename,url",
        "file-0.bin," + server.uri("/0"),
        "rtl\u202egnp.exe," + server.uri("/odd"));
    try (Tmux tmux = Tmux.start(run, 80, 24)) {
      tmux.await(screen -> isStanding(screen) && screen.contains("rtl\\u202egnp.exe"));
      assertThat(tmux.history()).doesNotContain("\u202e");
    }
  }
}
