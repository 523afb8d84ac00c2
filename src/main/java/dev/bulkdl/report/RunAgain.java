package dev.bulkdl.report;

import java.util.List;

/** The command that finishes what a run has left. The caller knows how the program was started. */
@FunctionalInterface
public interface RunAgain {

  /** The command where nothing is known about the start of the program. */
  RunAgain PLAIN = (list, folder) -> "bulkdl " + list + " -d " + folder;

  /**
   * Returns a command for a POSIX shell.
   *
   * @param list the list of what is left, failed.csv or the manifest, as a word for the shell
   * @param folder the output folder, as a word for the shell
   */
  String command(String list, String folder);

  /** Returns the names of the options that the command lacks, because their values are secrets. */
  default List<String> toAdd() {
    return List.of();
  }
}
