package dev.bulkdl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BulkdlProcessTest {

  @Test
  void tellsExitAndBothOutputs() throws IOException {
    try (BulkdlProcess process = sh("cat; echo oops >&2; exit 3", "hello")) {
      assertThat(process.awaitExit()).isEqualTo(new BulkdlProcess.Result(3, "hello", "oops\n"));
    }
  }

  @Test
  void signalsArrive() throws IOException {
    try (BulkdlProcess process =
        sh("trap 'echo caught; exit 7' INT; echo ready; while :; do read x; done", "")) {
      process.awaitStdout(text -> text.contains("ready"));
      process.signal("INT");
      assertThat(process.awaitExit()).isEqualTo(new BulkdlProcess.Result(7, "ready\ncaught\n", ""));
    }
  }

  @Test
  void killsForGood() throws IOException {
    try (BulkdlProcess process = sh("echo ready >&2; while :; do :; done", "")) {
      process.awaitStderr(text -> text.contains("ready"));
      process.kill9();
      assertThat(process.isAlive()).isFalse();
      assertThat(process.awaitExit().exit()).isEqualTo(137);
    }
  }

  @Test
  void waitingForWhatIsNeverPrintedFailsWhenTheProcessEnds() throws IOException {
    try (BulkdlProcess process = sh("echo something", "")) {
      assertThatThrownBy(() -> process.awaitStdout(text -> text.contains("else")))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("something");
    }
  }

  private static BulkdlProcess sh(String script, String input) throws IOException {
    List<String> command = new ArrayList<>(Signals.undoIgnoring());
    command.addAll(List.of("sh", "-c", script));
    return new BulkdlProcess(new ProcessBuilder(command).start(), input);
  }
}
