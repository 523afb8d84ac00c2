package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** What exists of a path whose last parts may not be there yet. */
public final class NearestPath {

  private NearestPath() {}

  /** Returns the path, or its nearest parent that exists. A dangling link counts as existing. */
  public static Path existing(Path path) {
    Path at = path;
    while (!Files.exists(at, LinkOption.NOFOLLOW_LINKS) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }

  /**
   * Returns the real path of what exists, with the rest behind it.
   *
   * @throws IOException when a link leads nowhere, or what exists cannot be read
   */
  public static Path real(Path path) throws IOException {
    Path existing = existing(path);
    return existing.toRealPath().resolve(existing.relativize(path)).normalize();
  }
}
