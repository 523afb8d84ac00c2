package dev.bulkdl.manifest;

import dev.bulkdl.model.Download;
import java.util.Collection;

/**
 * What a list says about the sizes of its files before the first request.
 *
 * @param files the number of files whose size is listed
 * @param bytes the sum of these sizes
 * @param unlisted the number of files whose size is not listed
 */
public record ListedSizes(long files, long bytes, long unlisted) {

  /** Nothing is known. */
  public static final ListedSizes NONE = new ListedSizes(0, 0, 0);

  /** Returns the sizes of these files. */
  public static ListedSizes of(Collection<Download> files) {
    long listed = files.stream().filter(file -> file.size().isPresent()).count();
    long bytes = files.stream().mapToLong(file -> file.size().orElse(0)).sum();
    return new ListedSizes(listed, bytes, files.size() - listed);
  }
}
