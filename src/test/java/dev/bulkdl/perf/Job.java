package dev.bulkdl.perf;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The task of one measured run.
 *
 * @param files names and URLs; each URL ends with its name
 * @param size bytes of each file
 * @param out the output folder, which exists and is empty
 * @param connections the limit of simultaneous connections
 * @param checksum the name of the hash in the manifest, empty for none
 * @param authority a PEM file of certificates to trust
 * @param lists a folder for manifests and lists
 */
record Job(
    List<Item> files,
    long size,
    Path out,
    int connections,
    String checksum,
    Path authority,
    Path lists) {

  /**
   * @param hash the hash of the file by the job's algorithm
   */
  record Item(String name, URI url, String hash) {}

  /** Returns a manifest for bulkdl. */
  Path manifest() {
    return list(
        "manifest.csv",
        "filename,url,size" + (checksum.isEmpty() ? "" : "," + checksum),
        item ->
            item.name()
                + ","
                + item.url()
                + ","
                + size
                + (checksum.isEmpty() ? "" : "," + item.hash()));
  }

  /** Returns a file with one URL per line. */
  Path urls() {
    return list("urls.txt", "", item -> item.url().toString());
  }

  /** Returns a file with one name per line. */
  Path names() {
    return list("names.txt", "", Item::name);
  }

  /** Returns pairs of {@code url} and {@code output} lines for curl. */
  Path curlConfig() {
    return list(
        "curl.conf",
        "",
        item -> "url=\"" + item.url() + "\"\noutput=\"" + out.resolve(item.name()) + "\"");
  }

  private Path list(String name, String header, java.util.function.Function<Item, String> line) {
    StringBuilder text = new StringBuilder(header.isEmpty() ? "" : header + "\n");
    files.forEach(item -> text.append(line.apply(item)).append('\n'));
    try {
      return Files.writeString(lists.resolve(name), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  URI first() {
    return files.getFirst().url();
  }

  /** Returns the URL of the server's folder that holds all files. */
  String base() {
    String url = first().toString();
    return url.substring(0, url.lastIndexOf('/'));
  }
}
