package dev.bulkdl.testkit.disk;

import dev.bulkdl.testkit.disk.Operation.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** The faults of disks. */
public enum DiskFault {
  NO_SPACE(
      Kind.CREATE, Kind.CREATE_FOLDER, Kind.WRITE, Kind.FORCE, Kind.CLOSE, Kind.MOVE, Kind.LINK) {
    @Override
    long strike(Operation operation) throws IOException {
      throw failure(operation, "No space left on device");
    }
  },
  /** Writes half of the bytes before the space is used up. */
  TORN_WRITE(Kind.WRITE) {
    @Override
    long strike(Operation operation) throws IOException {
      if (operation.bytes() > 1) {
        return operation.bytes() / 2;
      }
      throw failure(operation, "No space left on device");
    }
  },
  SHORT_WRITE(Kind.WRITE) {
    @Override
    long strike(Operation operation) {
      return (operation.bytes() + 1) / 2;
    }
  },
  IO_ERROR(Kind.values()) {
    @Override
    long strike(Operation operation) throws IOException {
      throw failure(operation, "Input/output error");
    }
  },
  NOT_FORCED(Kind.FORCE) {
    @Override
    long strike(Operation operation) throws IOException {
      throw failure(operation, "Input/output error");
    }
  },
  NOT_RENAMED(Kind.MOVE, Kind.LINK) {
    @Override
    long strike(Operation operation) throws IOException {
      throw failure(operation, "Operation not permitted");
    }
  },
  DENIED(Kind.OPEN, Kind.CREATE, Kind.CREATE_FOLDER, Kind.MOVE, Kind.LINK, Kind.DELETE) {
    @Override
    long strike(Operation operation) throws IOException {
      throw new AccessDeniedException(operation.path().toString());
    }
  },
  TOO_MANY_FILES(Kind.OPEN, Kind.CREATE, Kind.LIST) {
    @Override
    long strike(Operation operation) throws IOException {
      throw failure(operation, "Too many open files");
    }
  };

  private final Set<Kind> kinds;

  DiskFault(Kind first, Kind... others) {
    kinds = EnumSet.of(first, others);
  }

  DiskFault(Kind[] all) {
    kinds = EnumSet.copyOf(Set.of(all));
  }

  /** Returns true if this fault can happen to the operation. */
  boolean befalls(Operation operation) {
    return kinds.contains(operation.kind());
  }

  /** Returns true if this fault means that the disk is full. */
  boolean fills() {
    return this == NO_SPACE || this == TORN_WRITE;
  }

  /** Applies the fault. Returns the number of bytes that are still written. */
  abstract long strike(Operation operation) throws IOException;

  private static FileSystemException failure(Operation operation, String reason) {
    return new FileSystemException(
        operation.path().toString(), operation.to().map(Path::toString).orElse(null), reason);
  }
}
