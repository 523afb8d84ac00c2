package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.ByteRanges.Span;
import dev.bulkdl.model.Version;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Case 36, with {@link JournalTextTest} and {@link JournalTextProperties}; and Case 40. */
class JournalTest {

  private static final JournalState STATE = JournalState.begin("digest", "boot", Version.UNKNOWN);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("a.part.journal");
  }

  @Test
  void isReadWhileItIsWritten() throws IOException {
    try (Journal journal = Journal.replace(file, STATE)) {
      assertThat(Journal.load(file)).contains(STATE);
      journal.split(ByteRanges.prefix(10));
      journal.done(new Span(20, 30));
      journal.forced(ByteRanges.prefix(5));
      assertThat(Journal.load(file))
          .hasValueSatisfying(
              state -> {
                assertThat(state.split()).isTrue();
                assertThat(state.done()).isEqualTo(ByteRanges.prefix(10).plus(20, 30));
                assertThat(state.forced()).isEqualTo(ByteRanges.prefix(5));
              });
    }
  }

  @Test
  void replacesAnOlderOneAndLeavesNothingElse() throws IOException {
    Files.writeString(file, "whatever was here");
    Journal.replace(file, STATE).close();
    assertThat(Journal.load(file)).contains(STATE);
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void replacesDespiteTheLeftoverOfAKilledReplacement() throws IOException {
    Files.writeString(folder.resolve("a.part.journal~"), "half a journ");
    Journal.replace(file, STATE).close();
    assertThat(Journal.load(file)).contains(STATE);
  }

  @Test
  void loadsNothingFromAMissingFile() throws IOException {
    assertThat(Journal.load(file)).isEmpty();
    Files.createDirectory(file);
    assertThat(Journal.load(file)).isEmpty();
  }

  @Test
  void isNotReadThroughASymbolicLink() throws IOException {
    Path real = folder.resolve("real");
    Journal.replace(real, STATE).close();
    Files.createSymbolicLink(file, real);
    assertThat(Journal.load(file)).isEmpty();
  }

  @Test
  void isNotWrittenThroughASymbolicLink() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Files.createSymbolicLink(file, victim);
    Files.createSymbolicLink(folder.resolve("a.part.journal~"), victim);
    Journal.replace(file, STATE).close();
    assertThat(victim).hasContent("precious");
    assertThat(Journal.load(file)).contains(STATE);
  }

  @Test
  void aTornEndIsIgnored() throws IOException {
    try (Journal journal = Journal.replace(file, STATE)) {
      journal.split(ByteRanges.prefix(10));
      journal.done(new Span(20, 30));
    }
    try (RandomAccessFile torn = new RandomAccessFile(file.toFile(), "rw")) {
      torn.setLength(torn.length() - 3);
    }
    assertThat(Journal.load(file).orElseThrow().done()).isEqualTo(ByteRanges.prefix(10));
  }

  @Test
  void bytesThatAreNotTextAreNotAJournal() throws IOException {
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 10, (byte) 0x80, 10});
    assertThat(Journal.load(file)).isEmpty();
  }

  @Test
  void anAbsurdlyLargeFileIsNotRead() throws IOException {
    Journal.replace(file, STATE).close();
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength((64L << 20) + 1);
    }
    assertThat(Journal.load(file)).isEmpty();
  }

  @Test
  void afterZerosOnlyNotedRangesCount() throws IOException {
    Journal.replace(file, STATE).close();
    Files.write(file, new byte[4096], StandardOpenOption.APPEND);
    JournalState left = Journal.load(file).orElseThrow();
    assertThat(left.split()).as("only noted ranges are believed").isTrue();
    assertThat(left.done()).isEqualTo(STATE.done());
  }

  @ParameterizedTest
  @ValueSource(ints = {230, 238, 239, 240, 241, 242, 243, 255})
  void worksForEveryFileName(int length) throws IOException {
    Path longest = FilePaths.of(folder.resolve("a".repeat(length)), folder).journal();
    Journal.replace(longest, STATE).close();
    assertThat(Journal.load(longest)).contains(STATE);
  }
}
