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
 * The files of the server. There is one content of each size under any number of names (hard
 * links), so the server's data stays in the page cache.
 */
final class Data {
  /** ext4 allows at most 65,000 links to a file. */
  private static final int MOST_NAMES = 60_000;

  private final Path folder;
  private final Map<String, String> hashes = new TreeMap<>();

  Data(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  Path folder() {
    return folder;
  }

  /** Returns the only content of this size. */
  Path content(long size) throws IOException {
    Path file = folder.resolve("content-" + size);
    if (!Files.exists(file) || Files.size(file) != size) {
      new Payload(size, size).writeTo(file);
    }
    return file;
  }

  /** Creates the names of a workload. The server can deliver them afterwards. */
  void make(Workload workload) throws IOException {
    Path content = content(workload.size());
    for (int i = 0; i < workload.files(); i++) {
      try {
        Files.createLink(folder.resolve(name(workload, i)), copy(content, i / MOST_NAMES));
      } catch (FileAlreadyExistsException e) {
        // An earlier run created it.
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

  /** Returns the hash of the content; empty if the workload has no hash. */
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
