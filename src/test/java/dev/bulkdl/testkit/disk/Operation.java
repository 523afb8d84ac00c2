package dev.bulkdl.testkit.disk;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One call to the file system.
 *
 * @param path the current name of the file, in the default file system
 * @param to the new name for a move or a link
 * @param bytes the length of a read or a write, or the length to truncate to
 */
public record Operation(Kind kind, Path path, Optional<Path> to, long bytes) {

  /** The kind of call. */
  public enum Kind {
    ATTRIBUTES,
    LIST,
    SPACE,
    OPEN,
    READ,
    LOCK,
    CREATE,
    CREATE_FOLDER,
    WRITE,
    TRUNCATE,
    FORCE,
    CLOSE,
    MOVE,
    LINK,
    DELETE,
    SET_ATTRIBUTE;

    /** The operations that only read. */
    public static final Set<Kind> LOOKS = EnumSet.of(ATTRIBUTES, LIST, SPACE, READ);
  }

  static Operation of(Kind kind, Path path) {
    return of(kind, path, 0);
  }

  static Operation of(Kind kind, Path path, long bytes) {
    return new Operation(kind, path, Optional.empty(), bytes);
  }

  static Operation between(Kind kind, Path path, Path to) {
    return new Operation(kind, path, Optional.of(to), 0);
  }

  @Override
  public String toString() {
    return kind + " " + path + to.map(name -> " -> " + name).orElse("");
  }
}
