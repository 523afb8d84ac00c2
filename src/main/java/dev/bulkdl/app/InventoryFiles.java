package dev.bulkdl.app;

import dev.bulkdl.disk.FilePaths;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.disk.OutputFolder.Existing;
import dev.bulkdl.disk.OutputFolder.Placed;
import dev.bulkdl.inventory.Inventory;
import dev.bulkdl.inventory.InventoryEntry;
import dev.bulkdl.report.InventoryText.State;
import dev.bulkdl.settings.DiskSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/** The entries of a folder's inventory, beside what is on the disk now. Changes nothing. */
final class InventoryFiles implements AutoCloseable {

  private final OutputFolder folder;
  private final Inventory inventory;

  private InventoryFiles(OutputFolder folder, Inventory inventory) {
    this.folder = folder;
    this.inventory = inventory;
  }

  /**
   * Opens the inventory of an output folder.
   *
   * @throws IOException if the folder has none, or it cannot be read; the message is for the user
   */
  static InventoryFiles open(Path outputDir) throws IOException {
    if (!Files.isDirectory(outputDir)) {
      throw new IOException(outputDir + " is not a folder; give the folder that holds the files");
    }
    OutputFolder folder = OutputFolder.look(DiskSettings.in(outputDir));
    Inventory inventory = new Inventory(folder.ownFolder());
    if (!inventory.exists()) {
      folder.close();
      throw new IOException(
          outputDir
              + " has no inventory ("
              + folder.ownFolder().resolve(Inventory.FILE_NAME)
              + "); each run of bulkdl into a folder writes it");
    }
    return new InventoryFiles(folder, inventory);
  }

  /** An entry, the state of its file, and the file if it is there. */
  record Item(InventoryEntry entry, State state, Optional<Path> file) {}

  /** Receives the entries. */
  @FunctionalInterface
  interface Receiver {
    void accept(Item item) throws IOException;
  }

  /** Passes all entries to the receiver, in the order in which they were noted. */
  void forEach(Receiver receiver) throws IOException {
    try {
      inventory.forEach(
          entry -> {
            try {
              receiver.accept(item(entry));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Item item(InventoryEntry entry) throws IOException {
    try {
      return switch (folder.place(entry.name())) {
        case Placed.Refused ignored -> new Item(entry, State.CHANGED, Optional.empty());
        case Placed.At at -> item(entry, at.place(), at.existing());
      };
    } catch (NotDirectoryException e) {
      return new Item(entry, State.GONE, Optional.empty());
    }
  }

  private static Item item(InventoryEntry entry, FilePaths place, Optional<Existing> found) {
    if (found.isEmpty() || found.get().unfinished()) {
      return new Item(entry, State.GONE, Optional.empty());
    }
    boolean same = found.get().isFile() && found.get().size() == entry.size();
    return same
        ? new Item(entry, State.THERE, Optional.of(place.target()))
        : new Item(entry, State.CHANGED, Optional.empty());
  }

  @Override
  public void close() throws IOException {
    inventory.close();
    folder.close();
  }
}
