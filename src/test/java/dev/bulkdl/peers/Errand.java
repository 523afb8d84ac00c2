package dev.bulkdl.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What a client is to fetch.
 *
 * @param base the URL of the folder in which all files lie, without a slash at its end
 * @param size what the user knows of each file's size, if anything
 * @param out the folder into which they go
 * @param lists a folder for manifests and lists
 */
record Errand(URI base, List<String> names, OptionalLong size, Path out, Path lists) {

  /** A manifest for bulkdl. */
  Path manifest() {
    String column = size.isPresent() ? "," + size.getAsLong() : "";
    return list(
        "manifest.csv",
        "filename,url" + (size.isPresent() ? ",size" : "") + "\n",
        name -> name + "," + url(name) + column);
  }

  /** A URL a line. */
  Path urls() {
    return list("urls.txt", "", this::url);
  }

  /** A name a line. */
  Path names(String file) {
    return list(file, "", name -> name);
  }

  /** Pairs of {@code url} and {@code output} lines for curl. */
  Path curlConfig() {
    return list(
        "curl.conf", "", name -> "url=\"" + url(name) + "\"\noutput=\"" + out.resolve(name) + "\"");
  }

  private String url(String name) {
    return base + "/" + name;
  }

  private Path list(String file, String header, Function<String, String> line) {
    StringBuilder text = new StringBuilder(header);
    names.forEach(name -> text.append(line.apply(name)).append('\n'));
    try {
      return Files.writeString(lists.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
