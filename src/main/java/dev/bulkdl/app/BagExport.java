package dev.bulkdl.app;

import dev.bulkdl.disk.ContentDigest;
import dev.bulkdl.engine.ProgramVersion;
import dev.bulkdl.model.Algorithm;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.report.InventoryText;
import dev.bulkdl.report.InventoryText.State;
import dev.bulkdl.text.IoText;
import dev.bulkdl.text.Redaction;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes a bag (BagIt 1.0, RFC 8493) of the files in a folder's inventory. The payload consists of
 * hard links, or of copies. The folder itself is never changed.
 *
 * @param folder the output folder of the runs
 * @param bag the folder to make; it does not exist, or is empty
 * @param copy whether the files are copied instead of linked
 */
public record BagExport(Path folder, Path bag, boolean copy) {

  private static final String MANIFEST = "manifest-sha256.txt";
  private static final String INFO = "bag-info.txt";
  private static final String DECLARATION = "bagit.txt";
  private static final String INVENTORY = "bulkdl-inventory.csv";

  /** Makes the bag and returns the exit code. */
  public int run(Console console) {
    try (InventoryFiles files = InventoryFiles.open(folder)) {
      Optional<String> refused = refusal();
      if (refused.isPresent()) {
        console.say(refused.get());
        return ExitCode.USAGE;
      }
      Files.createDirectories(bag.resolve("data"));
      return make(files, console);
    } catch (LinkFailedException e) {
      console.say(
          Redaction.of(String.valueOf(e.getMessage()))
              + ": hard links are not possible there; use --copy");
      return ExitCode.DISK;
    } catch (IOException e) {
      console.say(IoText.of(e));
      return ExitCode.DISK;
    }
  }

  private Optional<String> refusal() throws IOException {
    Path target = bag.toAbsolutePath().normalize();
    if (isInFolder(target)) {
      return Optional.of(bag + " is inside " + folder + "; give a place outside of it");
    }
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    if (!Files.isDirectory(target)) {
      return Optional.of(bag + " exists and is not a folder; give a new name");
    }
    try (Stream<Path> inBag = Files.list(target)) {
      return inBag.findAny().isPresent()
          ? Optional.of(bag + " is not empty; give a new name")
          : Optional.empty();
    }
  }

  /** Judges by the nearest folder above the new one that exists. */
  private boolean isInFolder(Path target) throws IOException {
    Path real = folder.toRealPath();
    for (Path there = target; there != null; there = there.getParent()) {
      if (Files.exists(there)) {
        return there.toRealPath().startsWith(real);
      }
    }
    return false;
  }

  /** The declaration is written last: without it, an unfinished folder is not a bag. */
  private int make(InventoryFiles files, Console console) throws IOException {
    Counts counts = new Counts();
    try (BufferedWriter manifest = Files.newBufferedWriter(bag.resolve(MANIFEST));
        BufferedWriter inventory = Files.newBufferedWriter(bag.resolve(INVENTORY))) {
      inventory.write(InventoryText.csvHeader() + "\n");
      files.forEach(
          item -> {
            counts.add(item);
            if (item.file().isPresent()) {
              manifest.write(sumLine(sha256(item), "data/" + item.entry().name().value()));
              inventory.write(InventoryText.csvRow(item.entry(), item.state()) + "\n");
              place(item.file().get(), item.entry().name().value());
            }
          });
    }
    Files.writeString(
        bag.resolve(INFO),
        "Bag-Software-Agent: bulkdl "
            + ProgramVersion.text()
            + "\nBagging-Date: "
            + LocalDate.now(ZoneId.systemDefault())
            + "\nPayload-Oxum: "
            + counts.bytes
            + "."
            + counts.files
            + "\n");
    Files.writeString(
        bag.resolve(DECLARATION), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    StringBuilder tags = new StringBuilder();
    for (String tag : List.of(INFO, DECLARATION, INVENTORY, MANIFEST)) {
      tags.append(sumLine(sha256(bag.resolve(tag)), tag));
    }
    Files.writeString(bag.resolve("tagmanifest-sha256.txt"), tags);
    return counts.explain(bag, console);
  }

  private static String sha256(InventoryFiles.Item item) throws IOException {
    Optional<String> known = InventoryText.sha256(item.entry());
    return known.isPresent() ? known.get() : sha256(item.file().orElseThrow());
  }

  private static String sha256(Path file) throws IOException {
    return ContentDigest.of(file, Algorithm.SHA256, () -> false).hex();
  }

  /**
   * A percent sign stands as it is: RFC 8493 wants {@code %25}, but neither reference
   * implementation decodes it. Names have no line ends, which both would decode.
   */
  private static String sumLine(String sha256, String path) {
    return sha256 + "  " + path + "\n";
  }

  private void place(Path file, String name) throws IOException {
    Path to = bag.resolve("data").resolve(name);
    Path parent = to.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (copy) {
      Files.copy(file.toRealPath(), to, StandardCopyOption.COPY_ATTRIBUTES);
    } else {
      link(file.toRealPath(), to);
    }
  }

  private static void link(Path file, Path to) throws IOException {
    try {
      Files.createLink(to, file);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      throw new LinkFailedException(to.toString(), e);
    }
  }

  private static final class LinkFailedException extends IOException {
    private static final long serialVersionUID = 1;

    LinkFailedException(String place, Exception cause) {
      super(place, cause);
    }
  }

  /** What went into the bag, and what did not. Used by one thread. */
  private static final class Counts {
    private long files;
    private long bytes;
    private long gone;
    private long changed;

    void add(InventoryFiles.Item item) {
      if (item.state() == State.THERE) {
        files++;
        bytes += item.entry().size();
      } else if (item.state() == State.GONE) {
        gone++;
      } else {
        changed++;
      }
    }

    int explain(Path bag, Console console) {
      console.note(bag + ": a bag of " + files + " files, " + bytes + " bytes");
      if (gone > 0) {
        console.say("not in the bag: " + gone + " gone");
      }
      if (changed > 0) {
        console.say("not in the bag: " + changed + " changed since they were downloaded");
      }
      return gone + changed > 0 ? ExitCode.FAILED : ExitCode.COMPLETE;
    }
  }
}
