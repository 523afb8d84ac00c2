package dev.bulkdl.cli;

import java.util.List;
import java.util.Set;

/** The names of the commands. Apart from {@link Commands}, which loads the classes of all. */
final class CommandNames {

  static final List<String> ALL =
      List.of(
          "run",
          "get",
          "plan",
          "verify",
          "inventory",
          "bench",
          "demo",
          "serve",
          "user",
          "job",
          "config",
          "completion",
          "man",
          "help",
          "version");

  /** Those that download files. */
  static final Set<String> DOWNLOADS = Set.of("run", "get", "demo");

  private CommandNames() {}
}
