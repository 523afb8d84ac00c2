package dev.bulkdl.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jline.utils.NonBlocking;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyboardTest {

  @ParameterizedTest
  @CsvSource({
    "p, PAUSE",
    "+-=, MORE FEWER MORE",
    "^[[A^[[B, UP DOWN",
    "^[OA^[OB, UP DOWN",
    "^[[5~^[[6~, PAGE_UP PAGE_DOWN",
    "^[[H^[[F^[[1~^[[4~, HOME END HOME END",
    "zxRq?, PAUSE_CHOSEN CANCEL RETRY STOP HELP",
    "lch, RATE CONNECTIONS PER_HOST",
    "123456, FILES HOSTS FAILURES LOG QUEUE DONE",
    // An unknown key counts as one key, however many characters it sends.
    "^[[1;5Cq, OTHER STOP",
    "^[[200~p, OTHER PAUSE",
    "^[xq, OTHER STOP",
    "rQX, OTHER OTHER OTHER",
    "é, OTHER",
    "^[, OTHER",
  })
  void keysAreToldApart(String sent, String keys) throws IOException {
    byte[] bytes = sent.replace("^[", "\033").getBytes(StandardCharsets.UTF_8);
    List<Key> pressed = new ArrayList<>();
    new Keyboard(
            NonBlocking.nonBlocking(
                "test",
                NonBlocking.nonBlocking("test", new ByteArrayInputStream(bytes)),
                StandardCharsets.UTF_8),
            sequence -> pressed.add(Key.of(sequence)))
        .read();
    assertThat(pressed).isEqualTo(Arrays.stream(keys.split(" ", -1)).map(Key::valueOf).toList());
  }
}
