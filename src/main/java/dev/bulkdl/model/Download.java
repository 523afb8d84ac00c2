package dev.bulkdl.model;

import dev.bulkdl.text.Redaction;
import dev.bulkdl.text.SourceUri;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One file to fetch: its URL, its name, and what is known about it before the first request.
 *
 * @param line the manifest's line, from 1; 0 where there is no manifest
 * @param target the name below the output folder
 * @param source an absolute http or https URI; it may hold credentials, so it is printed only
 *     through {@link Redaction}
 * @param size the bytes that the file must have, where known
 * @param checksums the hashes that it must have, none to five
 * @param columns the manifest's row as it stood, in order, unknown columns included
 * @param priority files with a higher number begin first; from {@value #LOWEST_PRIORITY} to {@value
 *     #HIGHEST_PRIORITY}
 */
public record Download(
    long line,
    TargetName target,
    URI source,
    OptionalLong size,
    List<Checksum> checksums,
    Map<String, String> columns,
    int priority) {

  public static final int LOWEST_PRIORITY = -1000;

  public static final int HIGHEST_PRIORITY = 1000;

  public Download {
    if (priority < LOWEST_PRIORITY || priority > HIGHEST_PRIORITY) {
      throw new IllegalArgumentException("the priority must be from -1000 to 1000");
    }
    checksums = List.copyOf(checksums);
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** A file with the priority 0. */
  public Download(
      long line,
      TargetName target,
      URI source,
      OptionalLong size,
      List<Checksum> checksums,
      Map<String, String> columns) {
    this(line, target, source, size, checksums, columns, 0);
  }

  /**
   * Returns a file with a name and a source; nothing else is known about it.
   *
   * @throws IllegalArgumentException when the name or the URI is not allowed; the message says why
   */
  public static Download of(String target, URI source) {
    return new Download(
        0,
        TargetName.of(target),
        SourceUri.checked(source),
        OptionalLong.empty(),
        List.of(),
        Map.of("filename", target, "url", source.toString()));
  }

  /** Returns the same file with these hashes to compare. */
  public Download withChecksums(List<Checksum> wanted) {
    return new Download(line, target, source, size, wanted, columns, priority);
  }

  /**
   * Returns the same file with another priority. Files with a higher number begin first.
   *
   * @throws IllegalArgumentException when it is outside of its range
   */
  public Download withPriority(int other) {
    return new Download(line, target, source, size, checksums, columns, other);
  }

  /** Returns the proof of the strongest hash that it must have. */
  public Optional<Proof> hashProof() {
    return checksums.stream().map(checksum -> checksum.algorithm().proof()).reduce(Proof::or);
  }

  /**
   * Returns the origin of the URL in the list. Only this origin sees credentials and custom
   * headers.
   */
  public Origin origin() {
    return Origin.of(source);
  }
}
