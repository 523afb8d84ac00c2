package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The open files of a process, as Linux shows them. On other systems the calling test is skipped.
 */
public record OpenFiles(long pid) {

  /** The O_DIRECT flag of {@code open(2)}, in octal. */
  private static final long O_DIRECT =
      System.getProperty("os.arch").equals("aarch64") ? 0200000 : 040000;

  public OpenFiles {
    if (!Files.isDirectory(Path.of("/proc/self/fdinfo"))) {
      Skip.because("what a process has open: no /proc");
    }
  }

  /** Waits until the process has opened a file with this ending with O_DIRECT. */
  public void awaitDirect(String ending) {
    Polling.await(
        ending + " opened past the page cache",
        () -> flags(ending),
        flags -> flags.stream().anyMatch(each -> (each & O_DIRECT) != 0));
  }

  private List<Long> flags(String ending) {
    Path folder = Path.of("/proc", Long.toString(pid), "fd");
    try (Stream<Path> open = Files.list(folder)) {
      return open.filter(leadsTo(ending)).map(this::flagsOf).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Predicate<Path> leadsTo(String ending) {
    return number -> {
      try {
        return Files.readSymbolicLink(number).toString().endsWith(ending);
      } catch (IOException e) {
        return false; // the descriptor was closed meanwhile
      }
    };
  }

  private long flagsOf(Path number) {
    Path info = Path.of("/proc", Long.toString(pid), "fdinfo", number.getFileName().toString());
    try (Stream<String> lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("flags:"))
          .map(line -> Long.parseLong(line.substring(6).strip(), 8))
          .findFirst()
          .orElse(0L);
    } catch (NoSuchFileException e) {
      return 0; // the descriptor was closed meanwhile
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
