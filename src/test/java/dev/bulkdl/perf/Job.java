package dev.bulkdl.perf;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What one measured run has to do.
 *
 * @param files names and where they come from; each URL ends with its name
 * @param size bytes of each
 * @param out the folder into which they go, which is there and empty
 * @param connections at most so many at one time
 * @param checksum the name of a hash that manifests carry, empty for none
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
   * @param hash the file's, by the job's algorithm
   */
  record Item(String name, URI url, String hash) {}

  /** A manifest for bulkdl. */
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

  /** A URL a line. */
  Path urls() {
    return list("urls.txt", "", item -> item.url().toString());
  }

  /** A name a line. */
  Path names() {
    return list("names.txt", "", Item::name);
  }

  /** Pairs of {@code url} and {@code output} lines for curl. */
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

  /** The URL of the folder in which all files lie on the server. */
  String base() {
    String url = first().toString();
    return url.substring(0, url.lastIndexOf('/'));
  }
}
