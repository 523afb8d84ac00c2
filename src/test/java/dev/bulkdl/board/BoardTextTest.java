package dev.bulkdl.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The board as text, at different terminal sizes. */
class BoardTextTest {

  private static final BoardModel NINE = Boards.model(9, 0);

  private static ViewState in(View view) {
    return new ViewState(view, Optional.empty(), 0, Optional.empty());
  }

  private static String board(ViewState state, int width, int height, Theme look) {
    return String.join("\n", Boards.text(NINE, state, width, height, look)) + "\n";
  }

  static Stream<Arguments> widths() {
    return Stream.of(
        Arguments.of(
            20,
            """
            15 of 300 files  23%
            ████▋···············
            8.0 MiB/s
            [files]  queue  done
              debian-12.iso  34%
              maps/e…sm.pbf  67%
              书/中….tar.gz  50%
              combin…ve.txt  57%
              … rows 1-4 of 9
            p  q stop  ? help
            """),
        Arguments.of(
            40,
            """
            15 of 300 files  1 failed  23%  5:00
            █████████▎······························
            8.0 MiB/s  ▁▂▃▄▅▆▇█ ▁▂▃▄▅▆  48/64 conn
            [files]  failures  log  queue  done
              debian-12.iso               █▎▏▏░  34%
              maps/europe/g…atest.osm.pbf █▊▐▍▌  67%
              书/中文文件名…长很长.tar.gz ██▍▏░  50%
              combining/été-naïve.txt     █▋▐▎▎  57%
              … rows 1-4 of 9
            p pause  z  1-6  x  R  q stop  ? help
            """),
        Arguments.of(
            60,
            """
            15 of 300 files  1 failed  700.0 MiB  23 %  ETA 5:00
            ██████████████··············································
            8.0 MiB/s  ▁▂▃▄▅▆▇█ ▁▂▃▄▅▆  48/64 connections
            [files 9]  hosts 2  failures 2  log  queue 275  done 14
              debian-12.iso        ██▋░░▎░▍░░  34%  293.0 KiB/s     2:27
              maps/euro…st.osm.pbf ███▋░█▍▐█▏  67%  585.9 KiB/s     0:37
              书/中文文…长.tar.gz  ████▊▏░▏░░  50%  878.9 KiB/s     0:38
              combining…-naïve.txt ███▍░█▏▐▋░  57%    1.1 MiB/s     0:24
              … rows 1-4 of 9
            p pause  z hold  +/-  1-6  x cancel  R retry  q stop  ? help
            """),
        Arguments.of(
            80,
            """
            15 of 300 files  2 skipped  1 failed  700.0 MiB of 2.9 GiB  23 %  ETA 5:00
            ██████████████████▋·····························································
            8.0 MiB/s  ▄▅▆▇█ ▁▂▃▄▅▆▇█ ▁▂▃▄▅▆▇█ ▁▂▃▄▅▆  48/64 connections  212.0 GiB free
            [files 9]  hosts 2  failures 2  log  queue 275  done 14
              debian-12.iso                            ██▋░░▎░▍░░  34%  293.0 KiB/s     2:27
              maps/europe/germany…erlin-latest.osm.pbf ███▋░█▍▐█▏  67%  585.9 KiB/s     0:37
              书/中文文件名很长很长很长.tar.gz         ████▊▏░▏░░  50%  878.9 KiB/s     0:38
              combining/été-naïve.txt                  ███▍░█▏▐▋░  57%    1.1 MiB/s     0:24
              … rows 1-4 of 9
            p pause  z pause it  +/- conn  1-6 views  ↑↓  x cancel  R retry  q stop  ? help
            """),
        Arguments.of(
            120,
            """
            15 of 300 files  2 skipped  1 failed  700.0 MiB of 2.9 GiB  23 %  ETA 5:00  images.csv
            ████████████████████████████····························································································
            8.0 MiB/s  ▄▅▆▇█ ▁▂▃▄▅▆▇█ ▁▂▃▄▅▆▇█ ▁▂▃▄▅▆  mean 7.0 MiB/s  48/64 connections  3 retries  212.0 GiB free
            [files 9]  hosts 2  failures 2  log  queue 275  done 14
              debian-12.iso                               █████████▌░░░░░░░░█▏░░░░░░░█▋░░░░░░░  34%   64.0 MiB  293.0 KiB/s     2:27
              maps/europe/germany/berlin-latest.osm.pbf   █████████████▍░░░░█████▏░░░█████▌░░░  67%   64.0 MiB  585.9 KiB/s     0:37
              书/中文文件名很长很长很长.tar.gz            █████████████████▍▏░░░░░░░░▌░░░░░░░░  50%   64.0 MiB  878.9 KiB/s     0:38
              combining/été-naïve.txt                     ████████████▎░░░░░███▉░░░░░████▍░░░░  57%   64.0 MiB    1.1 MiB/s     0:24
              … rows 1-4 of 9
            p pause  z pause it  +/-/c/h connections  l rate  1-6 views  ↑↓ choose  x cancel  R retry  q stop  ? help
            """),
        Arguments.of(
            200,
            """
            15 of 300 files  2 skipped  1 failed  700.0 MiB of 2.9 GiB  23 %  ETA 5:00  images.csv
            ██████████████████████████████████████████████▋·························································································································································
            8.0 MiB/s  ▁▂▃▄▅▆▇█ ▁▂▃▄▅▆▇█ ▁▂▃▄▅▆▇█ ▁▂▃▄▅▆▇█ ▁▂▃▄▅▆▇█ ▁▂▃▄▅▆▇█ ▁▂▃▄▅▆  mean 7.0 MiB/s  48/64 connections  3 retries  212.0 GiB free  1:35
            [files 9]  hosts 2  failures 2  log  queue 275  done 14
              debian-12.iso                               ██████████████████████████████▊░░░░░░░░░░░░░░░░░░░░░░░░░░░███▌░░░░░░░░░░░░░░░░░░░░░░░░░█████▍░░░░░░░░░░░░░░░░░░░░░░░  34%   64.0 MiB  293.0 KiB/s     2:27
              maps/europe/germany/berlin-latest.osm.pbf   ███████████████████████████████████████████▍░░░░░░░░░░░░░░████████████████▎░░░░░░░░░░░░██████████████████▏░░░░░░░░░░  67%   64.0 MiB  585.9 KiB/s     0:37
              书/中文文件名很长很长很长.tar.gz            ████████████████████████████████████████████████████████▏░▏░░░░░░░░░░░░░░░░░░░░░░░░░░░░█▊░░░░░░░░░░░░░░░░░░░░░░░░░░░  50%   64.0 MiB  878.9 KiB/s     0:38
              combining/été-naïve.txt                     ███████████████████████████████████████▊░░░░░░░░░░░░░░░░░░████████████▋░░░░░░░░░░░░░░░░██████████████▍░░░░░░░░░░░░░░  57%   64.0 MiB    1.1 MiB/s     0:24
              … rows 1-4 of 9
            p pause  z pause it  +/-/c/h connections  l rate  1-6 views  ↑↓ choose  x cancel  R retry  q stop  ? help
            """));
  }

  @ParameterizedTest(name = "{0} columns")
  @MethodSource("widths")
  void showsFilesInAnyWidth(int width, String board) {
    assertThat(board(ViewState.FIRST, width, 10, Boards.PLAIN)).isEqualTo(board);
  }

  static Stream<Arguments> views() {
    return Stream.of(
        Arguments.of(
            View.FILES,
            """
            [files 9]  hosts 2  failures 2  log  queue 275  done 14
              debian-12.iso                            ##>-->->--  34%  293.0 KiB/s     2:27
              maps/europe/german...rlin-latest.osm.pbf ###>-#>=#>  67%  585.9 KiB/s     0:37
              ?/???????????.tar.gz                     ####>>->--  50%  878.9 KiB/s     0:38
              combining/e?te?-nai?ve.txt               ###>-#>=>-  57%    1.1 MiB/s     0:24
              ... rows 1-4 of 9
            p pause  z pause it  +/- conn  1-6 views  j/k  x cancel  R retry  q stop  ? help
            """),
        Arguments.of(
            View.HOSTS,
            """
            files 9  [hosts 2]  failures 2  log  queue 275  done 14
               https://a.example:443               40/44 connections     6.3 MiB/s     2 err
               http://slow.mirror.example:8080       8/8 conn     0 err  paused for 0:12
            p pause  z pause it  +/- conn  1-6 views  j/k  x cancel  R retry  q stop  ? help
            """),
        Arguments.of(
            View.FAILURES,
            """
            files 9  hosts 2  [failures 2]  log  queue 275  done 14
            > maps/tokyo.pbf              again in 0:12  http: 503 Service Unavailable
              old.iso                     failed  dns: no such host: gone.example
            p pause  z pause it  +/- conn  1-6 views  j/k  x cancel  R retry  q stop  ? help
            """),
        Arguments.of(
            View.LOG,
            """
            files 9  hosts 2  failures 2  [log]  queue 275  done 14
            >     1:30  completed: b.bin, 3.2 MiB in 0:04
                  0:04  TLS by Conscrypt 2.9.0
            p pause  z pause it  +/- conn  1-6 views  j/k  x cancel  R retry  q stop  ? help
            """));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("views")
  void showsEachViewInAscii(View view, String body) {
    assertThat(board(in(view), 80, 10, Boards.ASCII).lines().skip(3).toList())
        .isEqualTo(body.lines().toList());
  }

  static Stream<Arguments> heights() {
    return Stream.of(
        Arguments.of(
            1,
            """
            15 of 300 files  1 failed  700.0 MiB  23 %  ETA 5:00
            """),
        Arguments.of(
            2,
            """
            15 of 300 files  1 failed  700.0 MiB  23 %  ETA 5:00
            p pause  z hold  +/-  1-6  x cancel  R retry  q stop  ? help
            """),
        Arguments.of(
            3,
            """
            15 of 300 files  1 failed  700.0 MiB  23 %  ETA 5:00
            8.0 MiB/s  ▁▂▃▄▅▆▇█ ▁▂▃▄▅▆  48/64 connections
            p pause  z hold  +/-  1-6  x cancel  R retry  q stop  ? help
            """),
        Arguments.of(
            4,
            """
            15 of 300 files  1 failed  700.0 MiB  23 %  ETA 5:00
            8.0 MiB/s  ▁▂▃▄▅▆▇█ ▁▂▃▄▅▆  48/64 connections
              debian-12.iso        ██▋░░▎░▍░░  34%  293.0 KiB/s     2:27
            p pause  z hold  +/-  1-6  x cancel  R retry  q stop  ? help
            """),
        Arguments.of(
            5,
            """
            15 of 300 files  1 failed  700.0 MiB  23 %  ETA 5:00
            8.0 MiB/s  ▁▂▃▄▅▆▇█ ▁▂▃▄▅▆  48/64 connections
            [files 9]  hosts 2  failures 2  log  queue 275  done 14
              debian-12.iso        ██▋░░▎░▍░░  34%  293.0 KiB/s     2:27
            p pause  z hold  +/-  1-6  x cancel  R retry  q stop  ? help
            """),
        Arguments.of(
            7,
            """
            15 of 300 files  1 failed  700.0 MiB  23 %  ETA 5:00
            ██████████████··············································
            8.0 MiB/s  ▁▂▃▄▅▆▇█ ▁▂▃▄▅▆  48/64 connections
            [files 9]  hosts 2  failures 2  log  queue 275  done 14
              debian-12.iso        ██▋░░▎░▍░░  34%  293.0 KiB/s     2:27
              … row 1 of 9
            p pause  z hold  +/-  1-6  x cancel  R retry  q stop  ? help
            """));
  }

  @ParameterizedTest(name = "{0} lines")
  @MethodSource("heights")
  void keepsWhatMattersMostInAnyHeight(int height, String board) {
    assertThat(board(ViewState.FIRST, 60, height, Boards.PLAIN)).isEqualTo(board);
  }

  static Stream<Arguments> all() {
    return IntStream.of(20, 21, 29, 30, 40, 44, 45, 57, 58, 60, 80, 99, 100, 120, 200, 300)
        .boxed()
        .flatMap(
            width ->
                IntStream.of(1, 2, 3, 4, 5, 6, 7, 8, 24, 60)
                    .mapToObj(height -> Arguments.of(width, height)));
  }

  @ParameterizedTest(name = "{0} x {1}")
  @MethodSource("all")
  void fitsIntoAnySize(int width, int height) {
    for (View view : View.values()) {
      for (Theme look : List.of(Boards.PLAIN, Boards.ASCII, Boards.COLOUR)) {
        for (boolean help : new boolean[] {false, true}) {
          Optional<Integer> helpLine = help ? Optional.of(5) : Optional.empty();
          ViewState state = new ViewState(view, helpLine, 3, Optional.empty());
          List<AttributedString> lines =
              BoardText.lines(Boards.model(40, 3), state, new Screen(width, height, 9, look));
          assertThat(lines).hasSizeBetween(1, height);
          assertThat(lines)
              .allSatisfy(
                  line -> {
                    assertThat(Columns.width(line.toString())).isLessThanOrEqualTo(width);
                    assertThat(line.toString().chars())
                        .noneMatch(Character::isISOControl)
                        .allMatch(c -> look.unicode() || c < 0x7f);
                  });
        }
      }
    }
  }

  @Test
  void withoutColourThereIsNoEscape() {
    for (View view : View.values()) {
      assertThat(BoardText.lines(NINE, in(view), new Screen(80, 12, 0, Boards.PLAIN)))
          .allSatisfy(line -> assertThat(line.toAnsi()).isEqualTo(line.toString()));
      assertThat(BoardText.lines(NINE, in(view), new Screen(80, 12, 0, Boards.COLOUR)))
          .anySatisfy(line -> assertThat(line.toAnsi()).contains("\033["));
    }
  }

  @Test
  void marksTheChosenFile() {
    ViewState second = ViewState.FIRST.after(Key.DOWN, NINE).after(Key.DOWN, NINE);
    assertThat(Boards.text(NINE, second, 80, 12, Boards.PLAIN))
        .filteredOn(line -> line.startsWith("▶"))
        .singleElement()
        .satisfies(line -> assertThat(line).startsWith("▶ maps/euro"));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 12})
  void isFilledUpSoThatItDoesNotJump(int atLeast) {
    List<AttributedString> lines =
        BoardText.lines(
            Boards.model(1, 0), ViewState.FIRST, new Screen(60, 12, atLeast, Boards.PLAIN));
    assertThat(lines).hasSize(Math.max(6, atLeast)).last().asString().contains("q stop");
  }

  @Test
  void aFileWithoutALengthHasNoPercent() {
    BoardModel model = Boards.ofUnknownLength();
    assertThat(Boards.text(model, ViewState.FIRST, 60, 8, Boards.ASCII))
        .filteredOn(line -> line.contains("stream"))
        .containsExactly("  stream ........................    ?     1000 B/s        -");
  }

  @Test
  void emptyTablesSayWhy() {
    BoardModel empty = Boards.empty();
    assertThat(board(empty, View.FILES)).contains("no file is being fetched at the moment");
    assertThat(board(empty, View.HOSTS)).contains("no connection is open");
    assertThat(board(empty, View.FAILURES)).contains("nothing has failed");
    assertThat(board(empty, View.LOG)).contains("nothing has happened yet");
  }

  private static String board(BoardModel model, View view) {
    return String.join("\n", Boards.text(model, in(view), 80, 8, Boards.ASCII));
  }

  private static BoardModel named(String... names) {
    return Boards.with(
        NINE,
        Stream.of(names)
            .map(name -> new BoardModel.FileRow(name, Boards.file(name, 3), 1000))
            .toList());
  }

  /** 66 of 200 names looked the same at 80 columns, because all had the folder in front. */
  @Test
  void theFolderThatAllFilesHaveInCommonIsCutFirst() {
    List<String> lines =
        Boards.text(
            named("data/maps/part-001-pictures.bin", "data/maps/part-002-pictures.bin"),
            ViewState.FIRST,
            50,
            8,
            Boards.ASCII);
    assertThat(lines).anyMatch(line -> line.startsWith("  part-001...ures.bin "));
    assertThat(lines).noneMatch(line -> line.contains("data/"));
    assertThat(Boards.text(named("data/a.bin"), ViewState.FIRST, 50, 8, Boards.ASCII))
        .anyMatch(line -> line.startsWith("  data/a.bin "));
  }

  @Test
  void aPausedRunShowsNoRatesThatFade() {
    String paused =
        String.join(
            "\n",
            Boards.text(
                Boards.in(NINE, BoardModel.State.PAUSED), ViewState.FIRST, 100, 12, Boards.PLAIN));
    assertThat(paused).contains("PAUSED").doesNotContain("KiB/s", "8.0 MiB/s");
    assertThat(paused).containsPattern("debian-12.iso .* 34% .* +- +-");
    assertThat(board(Boards.in(NINE, BoardModel.State.PAUSED), View.HOSTS))
        .doesNotContain("6.3 MiB/s");
  }

  @Test
  void aFileThatTheUserPausedSaysSo() {
    assertThat(Boards.text(Boards.withPausedFile(), ViewState.FIRST, 80, 8, Boards.ASCII))
        .filteredOn(line -> line.contains("held.bin"))
        .singleElement()
        .satisfies(line -> assertThat(line).containsPattern(" +paused +-$"));
  }

  @Test
  void theHelpScrollsWhereItDoesNotFit() {
    ViewState state = ViewState.FIRST.after(Key.HELP, NINE);
    List<String> first = Boards.text(NINE, state, 80, 12, Boards.ASCII);
    assertThat(first).anyMatch(line -> line.contains("q  stop cleanly"));
    assertThat(first).anyMatch(line -> line.contains("x  cancel the chosen file"));
    assertThat(first).anyMatch(line -> line.contains("rows 1-6 of 14"));
    List<String> last = Boards.text(NINE, state.after(Key.END, NINE), 80, 12, Boards.ASCII);
    assertThat(last).anyMatch(line -> line.contains("?  close this"));
    assertThat(last).anyMatch(line -> line.contains("rows 9-14 of 14"));
  }

  @Test
  void showsWhatWaitsAndWhatIsDone() {
    assertThat(board(NINE, View.QUEUE)).contains("  next/one.bin\n", "  next/two.bin");
    assertThat(board(NINE, View.DONE))
        .containsPattern(">     1:30  b.bin +completed +3.2 MiB +0:04")
        .containsPattern(" {3,}0:01  a.bin +skipped +17 B +0:00");
    assertThat(board(Boards.empty(), View.QUEUE)).contains("no file waits for a connection");
    assertThat(board(Boards.empty(), View.DONE)).contains("no file has ended yet");
  }

  @Test
  void saysUntilWhenAHostIsPaused() {
    String notice = "host example.org paused until 12:03:05 (429)";
    assertThat(board(Boards.with(NINE, notice), View.FILES)).contains("\n" + notice + "\n");
  }

  @Test
  void saysThatATotalIsAnEstimate() {
    assertThat(Boards.text(Boards.estimated(NINE), ViewState.FIRST, 80, 8, Boards.ASCII))
        .first()
        .asString()
        .contains("700.0 MiB of about 2.9 GiB");
  }

  private static String prompt(int width, Prompt prompt) {
    ViewState state = ViewState.FIRST.asking(Optional.of(prompt));
    return Boards.text(NINE, state, width, 8, Boards.ASCII).getLast();
  }

  @Test
  void aPromptReplacesTheLineOfKeysInAnyWidth() {
    Prompt rate = Prompt.of(Prompt.Subject.RATE, "5M").after("1").orElseThrow();
    assertThat(prompt(120, rate))
        .isEqualTo("rate: 1_  Enter sets it, Esc leaves it  now 5M  for example 10M, or off");
    assertThat(prompt(80, rate))
        .isEqualTo("rate: 1_  Enter sets it, Esc leaves it  now 5M  for example 10M, or off");
    assertThat(prompt(40, rate)).isEqualTo("rate: 1_  Enter sets it, Esc leaves it");
    Prompt refused = rate.refused("'1' is no rate; write for example 10M, or off");
    assertThat(prompt(80, refused))
        .isEqualTo("rate: 1_  '1' is no rate; write for example 10M, or off  Enter, Esc");
    assertThat(prompt(40, refused)).isEqualTo("rate: 1_  '1' is no rate");
    ViewState state = ViewState.FIRST.asking(Optional.of(rate));
    assertThat(Boards.text(NINE, state, 40, 1, Boards.ASCII).getFirst()).startsWith("rate: 1_");
  }

  /** A row is marked when the user has chosen it. */
  @Test
  void theChosenHostIsMarked() {
    ViewState state = ViewState.FIRST.after(Key.HOSTS, NINE).after(Key.DOWN, NINE);
    assertThat(Boards.text(NINE, state, 80, 8, Boards.ASCII))
        .anyMatch(line -> line.startsWith(">  https://a.example:443"));
  }

  @Test
  void namesAFileThatWaitsForAConnectionAfterItsWait() {
    BoardModel late = Boards.at(NINE, java.time.Duration.ofSeconds(200));
    assertThat(board(late, View.FAILURES)).contains("maps/tokyo.pbf").contains("waits for a");
  }
}
