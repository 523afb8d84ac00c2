package dev.bulkdl.cli;

import dev.bulkdl.serve.DaemonSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a daemon keeps its state and its users' files. */
final class ServeFolders {

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "The folder of the database and logs (~/.local/state/bulkdl).")
  private @Nullable Path state;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The folder in which each user has one (~/bulkdl).")
  private @Nullable Path root;

  DaemonSettings.Folders folders() {
    return new DaemonSettings.Folders(state().toAbsolutePath(), root().toAbsolutePath());
  }

  private Path state() {
    return Optional.ofNullable(state)
        .orElseGet(
            () ->
                Optional.ofNullable(System.getenv("XDG_STATE_HOME"))
                    .filter(folder -> folder.startsWith("/"))
                    .map(folder -> Path.of(folder, "bulkdl"))
                    .orElseGet(() -> Path.of(UserPath.expanded("~/.local/state/bulkdl"))));
  }

  private Path root() {
    return Optional.ofNullable(root).orElseGet(() -> Path.of(UserPath.expanded("~/bulkdl")));
  }
}
