package dev.bulkdl.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineWriterTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private static OutputStream fullDisk() {
    return new OutputStream() {
      private int refusals;

      @Override
      public void write(int b) throws IOException {
        throw new IOException("No space left on device, refusal " + ++refusals);
      }
    };
  }

  @Test
  void holdsNoLineBack() {
    LineWriter writer = new LineWriter(bytes);
    writer.write("ä");
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("ä\n");
  }

  @Test
  void writesTextThatIsNoUnicode() {
    LineWriter writer = new LineWriter(bytes);
    writer.write("a\ud800b");
    assertThat(writer.failure()).isEmpty();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("a?b\n");
  }

  @Test
  void remembersTheFirstFailureAndWritesNoMore() {
    LineWriter writer = new LineWriter(fullDisk());
    writer.write("a");
    writer.write("b");
    writer.close();
    writer.fail(new IOException("a later one"));
    assertThat(writer.failure().orElseThrow()).hasMessageEndingWith("refusal 1");
  }

  @Test
  void losesLinesAfterClose() {
    LineWriter writer = new LineWriter(bytes);
    assertThat(writer.close()).isTrue();
    writer.write("late");
    assertThat(writer.close()).isFalse();
    assertThat(bytes.size()).isZero();
    assertThat(writer.failure()).isEmpty();
  }
}
