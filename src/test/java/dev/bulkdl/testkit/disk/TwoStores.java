package dev.bulkdl.testkit.disk;

import dev.bulkdl.testkit.disk.Operation.Kind;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/** A folder on another file system than everything else: no file can be moved across. */
public record TwoStores(Path other, Hook disk) implements Hook {

  @Override
  public long before(Operation operation) throws IOException {
    Optional<Path> to = operation.to();
    if (to.isPresent() && to.get().startsWith(other) != operation.path().startsWith(other)) {
      String from = operation.path().toString();
      String reason = "Invalid cross-device link";
      throw operation.kind() == Kind.LINK
          ? new FileSystemException(to.get().toString(), from, reason)
          : new AtomicMoveNotSupportedException(from, to.get().toString(), reason);
    }
    return disk.before(operation);
  }

  @Override
  public void after(Operation operation) throws IOException {
    disk.after(operation);
  }

  @Override
  public long usableSpace(long real) {
    return disk.usableSpace(real);
  }
}
