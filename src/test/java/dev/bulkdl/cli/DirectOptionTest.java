package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code --direct} has a value only behind {@code =}. DirectIT writes with it. */
class DirectOptionTest {

  private static String[] withValues(String... arguments) {
    return DiskOptions.withValues(arguments);
  }

  @Test
  void aloneItMeansAlways() {
    assertThat(withValues("--direct", "list.csv")).containsExactly("--direct=always", "list.csv");
    assertThat(withValues("x", "--direct")).containsExactly("x", "--direct=always");
  }

  @Test
  void otherWordsStayAsTheyAre() {
    assertThat(withValues("--direct=auto", "--direct-x"))
        .containsExactly("--direct=auto", "--direct-x");
    assertThat(withValues("--", "--direct")).containsExactly("--", "--direct");
    assertThat(withValues()).isEmpty();
  }

  @Test
  void theArrayOfTheCallerIsNotChanged() {
    String[] arguments = {"--direct"};
    assertThat(withValues(arguments)).containsExactly("--direct=always");
    assertThat(arguments).containsExactly("--direct");
  }
}
