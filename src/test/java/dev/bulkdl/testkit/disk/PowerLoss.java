package dev.bulkdl.testkit.disk;

import dev.bulkdl.testkit.disk.Operation.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Simulates a power loss at the n-th change below a folder. Every later operation fails. {@link
 * #leave} then changes the folder to a state that a machine may find after its restart. The content
 * of a file is safe after fsync of the file, and its name is safe after fsync of its folder.
 */
public final class PowerLoss implements Hook {

  private final Path root;
  private final long nth;
  private long changes;
  private boolean lost;

  private final SortedMap<Path, Inode> names = new TreeMap<>();
  private final SortedMap<Path, Inode> safeNames = new TreeMap<>();
  private final List<SortedMap<Path, Inode>> history = new ArrayList<>();

  /** The target of names, compared by identity. */
  private static final class Inode {
    private final boolean folder;
    private byte[] forced = {};

    Inode(boolean folder) {
      this.folder = folder;
    }
  }

  /**
   * @param root everything below this folder now is safe
   */
  public PowerLoss(Path root, long nth) throws IOException {
    this.root = root;
    this.nth = nth;
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        Inode inode = new Inode(Files.isDirectory(path));
        inode.forced = inode.folder ? inode.forced : Files.readAllBytes(path);
        names.put(path, inode);
      }
    }
    safeNames.putAll(names);
    history.add(new TreeMap<>(names));
  }

  /** Returns the number of changes. */
  public synchronized long changes() {
    return changes;
  }

  @Override
  public synchronized long before(Operation operation) throws IOException {
    boolean changing = !Kind.LOOKS.contains(operation.kind()) && isBelow(operation.path());
    if (changing && operation.kind() != Kind.CLOSE) {
      lost |= ++changes == nth;
    }
    if (lost) {
      throw new IOException("the power is off");
    }
    if (operation.kind() == Kind.FORCE) {
      force(operation.path());
    }
    return operation.bytes();
  }

  private boolean isBelow(Path path) {
    return path.startsWith(root);
  }

  private void force(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      safeNames.keySet().removeIf(name -> path.equals(name.getParent()));
      names.forEach(
          (name, inode) -> {
            if (path.equals(name.getParent())) {
              safeNames.put(name, inode);
            }
          });
      history.clear();
      history.add(new TreeMap<>(names));
    } else {
      names.get(path).forced = Files.readAllBytes(path);
    }
  }

  @Override
  public synchronized void after(Operation operation) {
    Path path = operation.path();
    switch (operation.kind()) {
      case CREATE -> names.putIfAbsent(path, new Inode(false));
      case CREATE_FOLDER -> names.putIfAbsent(path, new Inode(true));
      case MOVE -> names.put(operation.to().orElseThrow(), names.remove(path));
      case LINK -> names.put(operation.to().orElseThrow(), names.get(path));
      case DELETE -> names.remove(path);
      default -> {
        return;
      }
    }
    history.add(new TreeMap<>(names));
  }

  /** Changes the folder to a state after such a loss. */
  public synchronized void leave(Loss loss, long seed) throws IOException {
    Random random = new Random(seed);
    Map<Inode, byte[]> contents = new IdentityHashMap<>();
    for (Map.Entry<Path, Inode> file : names.entrySet()) {
      if (!file.getValue().folder) {
        contents.put(file.getValue(), Files.readAllBytes(file.getKey()));
      }
    }
    SortedMap<Path, Inode> kept = keptNames(loss, random);
    removeAll();
    Map<Inode, Path> written = new HashMap<>();
    for (Map.Entry<Path, Inode> entry : kept.entrySet()) {
      Path path = entry.getKey();
      Inode inode = entry.getValue();
      if (inode.folder) {
        Files.createDirectories(path);
      } else if (written.containsKey(inode)) {
        Files.createLink(path, written.get(inode));
      } else if (Files.isDirectory(path.getParent())) {
        byte[] content = contents.getOrDefault(inode, inode.forced);
        Files.write(path, loss.content(content, inode.forced, random));
        written.put(inode, path);
      }
    }
  }

  private SortedMap<Path, Inode> keptNames(Loss loss, Random random) {
    return switch (loss) {
      case ALL_UNFORCED -> safeNames;
      case DATA_ZEROED, DATA_CUT -> names;
      case ANYTHING -> history.get(random.nextInt(history.size()));
    };
  }

  private void removeAll() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(root)) {
      deepestFirst = all.filter(path -> !path.equals(root)).toList().reversed();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
