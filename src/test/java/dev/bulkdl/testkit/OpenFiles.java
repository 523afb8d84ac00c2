package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a process has open, as Linux tells it; elsewhere the calling test is skipped. */
public record OpenFiles(long pid) {

  /** The flag of {@code open(2)} that tells a channel past the page cache, in octal. */
  private static final long O_DIRECT =
      System.getProperty("os.arch").equals("aarch64") ? 0200000 : 040000;

  public OpenFiles {
    if (!Files.isDirectory(Path.of("/proc/self/fdinfo"))) {
      Skip.because("what a process has open: no /proc");
    }
  }

  /** Waits until it has opened a file whose name ends so past the page cache. */
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
        return false; // closed by now
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
      return 0; // closed by now
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
