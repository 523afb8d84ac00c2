package dev.bulkdl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files in a folder. Names are relative, with {@code /}. {@code .bulkdl/} is left out. */
public final class Trees {
  private Trees() {}

  /**
   * Returns names and SHA-256 of all files. A symbolic link has its target in place of the hash.
   */
  public static SortedMap<String, String> hashes(Path folder) {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (Path file : files(folder)) {
      hashes.put(name(folder, file), hash(file));
    }
    return hashes;
  }

  public static List<String> names(Path folder) {
    return files(folder).stream().map(file -> name(folder, file)).sorted().toList();
  }

  /** Returns the names of partial files and their journals. */
  public static List<String> leftovers(Path folder) {
    return names(folder).stream()
        .filter(name -> name.endsWith(".part") || name.endsWith(".journal"))
        .toList();
  }

  /** Asserts that the folder holds exactly these files with this content, and no leftovers. */
  public static void assertHolds(Path folder, Map<String, Payload> expected) {
    SortedMap<String, String> hashes = new TreeMap<>();
    expected.forEach((name, payload) -> hashes.put(name, payload.sha256()));
    assertThat(hashes(folder)).as("files in %s", folder).isEqualTo(hashes);
  }

  public static void assertHolds(Path folder, String name, Payload expected) {
    assertHolds(folder, Map.of(name, expected));
  }

  public static void assertNoLeftovers(Path folder) {
    assertThat(leftovers(folder)).as("left over in %s", folder).isEmpty();
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Path ours = folder.resolve(".bulkdl");
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .filter(path -> !path.startsWith(ours))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
  }

  private static String hash(Path file) {
    try {
      return Files.isSymbolicLink(file)
          ? "-> " + Files.readSymbolicLink(file)
          : Hashes.sha256(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
