package dev.bulkdl.perf;

import dev.bulkdl.testkit.Hashes;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files that the server gives: one content of each size, under as many names as are wanted, so
 * that its side stays in the page cache.
 */
final class Data {
  /** ext4 gives a file no more than 65,000. */
  private static final int MOST_NAMES = 60_000;

  private final Path folder;
  private final Map<String, String> hashes = new TreeMap<>();

  Data(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  Path folder() {
    return folder;
  }

  /** The only content of this size. */
  Path content(long size) throws IOException {
    Path file = folder.resolve("content-" + size);
    if (!Files.exists(file) || Files.size(file) != size) {
      new Payload(size, size).writeTo(file);
    }
    return file;
  }

  /** Makes the names of a workload; they can be asked for at once. */
  void make(Workload workload) throws IOException {
    Path content = content(workload.size());
    for (int i = 0; i < workload.files(); i++) {
      try {
        Files.createLink(folder.resolve(name(workload, i)), copy(content, i / MOST_NAMES));
      } catch (FileAlreadyExistsException e) {
        // By an earlier run.
      }
    }
  }

  private Path copy(Path content, int number) throws IOException {
    if (number == 0) {
      return content;
    }
    Path copy = folder.resolve(content.getFileName() + "-" + number);
    return Files.exists(copy) ? copy : Files.copy(content, copy);
  }

  static String name(Workload workload, int number) {
    return String.format(Locale.ROOT, "%d-%06d.bin", workload.size(), number);
  }

  /** The content's hash, empty where none is asked for. */
  String hash(Workload workload) throws IOException {
    if (workload.checksum().isEmpty()) {
      return "";
    }
    String key = workload.checksum() + " " + workload.size();
    if (!hashes.containsKey(key)) {
      String algorithm = workload.checksum().equals("md5") ? "MD5" : "SHA-256";
      hashes.put(key, Hashes.of(algorithm, content(workload.size())));
    }
    return hashes.get(key);
  }
}
