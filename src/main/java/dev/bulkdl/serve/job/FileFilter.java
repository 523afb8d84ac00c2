package dev.bulkdl.serve.job;

import java.util.Optional;

/**
 * Which rows of a job.
 *
 * @param host a whole host name; empty for all
 * @param text a part of the name; empty for all
 */
public record FileFilter(Optional<FileState> state, Optional<String> host, String text) {

  public static final FileFilter ALL = new FileFilter(Optional.empty(), Optional.empty(), "");

  public static FileFilter of(FileState state) {
    return new FileFilter(Optional.of(state), Optional.empty(), "");
  }
}
