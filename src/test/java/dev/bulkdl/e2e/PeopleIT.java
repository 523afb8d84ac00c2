package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Programs;
import dev.bulkdl.testkit.Trees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cases 43, 44 and 46: manifests, URLs and terminals as people have them; the rest is UsageIT's.
 */
class PeopleIT extends EndToEnd {
  private static final Payload SMALL = new Payload(2, 5_000);

  /** Too little for any of these manifests as a whole. */
  private JarRun small(String manifest) {
    return bulkdl(manifest, "--retries", 0).jvm("-Xmx48m");
  }

  /** Manifests that are larger, or shorter, than they look. */
  private enum Odd {
    CELL_OF_10_MB("line 2, column 1 (filename): a cell is larger than 1 MiB") {
      @Override
      void write(Path folder) throws IOException {
        String name = "x".repeat(10_000_000);
        Files.writeString(folder.resolve("odd.csv"), "filename,url\n\"" + name + "\",http://h/\n");
      }
    },
    CUT_GZIP("gzip") {
      @Override
      void write(Path folder) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(whole)) {
          zip.write(bytes("filename,url\n"));
          for (int i = 0; i < 2000; i++) {
            zip.write(bytes("f" + i + ",http://127.0.0.1:9/" + i + "\n"));
          }
        }
        byte[] half = Arrays.copyOf(whole.toByteArray(), whole.size() / 2);
        Files.write(folder.resolve("odd.csv.gz"), half);
      }
    },
    GZIP_BOMB_OF_ONE_LINE("line 2, column 1 (filename): a cell is larger than 1 MiB") {
      @Override
      void write(Path folder) throws IOException {
        bomb(folder, 64, "0".repeat(MIB));
      }
    },
    GZIP_BOMB_OF_EMPTY_ROWS("the manifest has no rows") {
      /** Four million rows, which would take more than the heap. */
      @Override
      void write(Path folder) throws IOException {
        bomb(folder, 8, ",\n".repeat(MIB / 2));
      }
    };

    final String reason;

    Odd(String reason) {
      this.reason = reason;
    }

    abstract void write(Path folder) throws IOException;

    /** So many MiB in less than 100 kilobytes. */
    static void bomb(Path folder, int count, String mebibyte) throws IOException {
      try (OutputStream zip =
          new GZIPOutputStream(Files.newOutputStream(folder.resolve("odd.csv.gz")))) {
        zip.write(bytes("filename,url\n"));
        for (int i = 0; i < count; i++) {
          zip.write(bytes(mebibyte));
        }
      }
    }

    static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest(name = "case 43: {0}")
  @EnumSource
  void anOddManifestIsRefusedInLittleMemory(Odd odd) throws IOException {
    odd.write(folder);
    String name = Files.exists(folder.resolve("odd.csv")) ? "odd.csv" : "odd.csv.gz";
    Result result = small(name).run();
    assertThat(result.exit()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains(name).containsIgnoringCase(odd.reason);
    assertThat(result.err()).doesNotContain("OutOfMemory").doesNotContain("\tat ");
    assertThat(out("odd").exists()).isFalse();
  }

  @ParameterizedTest(name = "case 44: {0}")
  @CsvSource({
    "file:///etc/passwd, only http and https",
    "ftp://h/a, only http and https",
    "jar:http://h/a!/b, only http and https",
    "http:///x, no host",
    "http://h:99999/, port",
    "http://[::1/, IPv6",
    "h/a, http://"
  })
  void aUrlThatIsNoneIsToldWithItsLineAndColumn(String url, String reason) {
    manifest("files.csv", "filename,url", "a," + url);
    Result result = run("files.csv");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("files.csv: line 2, column 2 (url): ").contains(reason);
    assertThat(out("files").exists()).isFalse();
  }

  /** Nobody is there, but it was the right place to ask. */
  @ParameterizedTest(name = "case 44: {0}")
  @CsvSource({
    "http://[::1]:9/a, no connection to [::1]",
    "http://bücher.invalid/a, no address for xn--bcher-kva.invalid"
  })
  void aUrlOfAnyKindOfHostIsAskedFor(String url, String cause) {
    manifest("files.csv", "filename,url", "a," + url);
    assertThat(run("files.csv", "--retries", 0).exit()).isEqualTo(3);
    assertThat(out("files").result("a").get("error")).contains(cause);
  }

  /** Case 44. */
  @Test
  void aFragmentIsNotSentAndASpaceIsEncoded() {
    server.serve("/a%20b", SMALL);
    manifest("files.csv", "filename,url", "one," + server.origin() + "/a b#part");
    Result result = run("files.csv");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(server.requests()).allMatch(request -> request.path().equals("/a%20b"));
  }

  /** Case 46. */
  @Test
  void aNarrowTerminalThatIsResizedDoesNotDisturbIt() {
    Programs.orSkip("a run on a terminal", "script", "stty");
    server.serve("/small", SMALL);
    manifestOf("small.bin", "/small");
    String resized = "stty cols 20; $words & run=\\$!; stty cols 60; wait \\$run";
    String script = "words=\"$*\"; exec script -qec \"" + resized + "\" /dev/null";
    Result result = bulkdl("files.csv").under("sh", "-c", script, "sh").run();
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).contains("1 of 1 are there").doesNotContain("Exception");
    Trees.assertHolds(out("files").path(), "small.bin", SMALL);
  }
}
