package dev.bulkdl.transfer;

import dev.bulkdl.disk.FilePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** A model of the parts of a partial file and its journal that survive a power loss. */
final class Device {
  private static final int BLOCK = 4096;

  private final FilePaths place;
  private byte[] content = {};
  private byte[] journal = {};

  Device(FilePaths place) {
    this.place = place;
  }

  /** Call it when the files were deleted; others are created in their place. */
  void forget() {
    content = new byte[0];
    journal = new byte[0];
  }

  /** Call it when both files were synced. */
  void force() throws IOException {
    content = read(place.part());
    journal = read(place.journal());
  }

  /**
   * Loses random blocks of what was written since the last sync, and random lines of the journal's
   * end.
   */
  void losePower(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] written = read(place.part());
    if (Files.exists(place.part())) {
      Files.write(place.part(), mixed(written, random));
    }
    byte[] noted = read(place.journal());
    boolean appended = Arrays.mismatch(noted, journal) == journal.length || noted.length == 0;
    if (Files.exists(place.journal())) {
      int safe = appended ? journal.length : 0;
      boolean replacedInVain = !appended && random.nextBoolean();
      int kept = safe + random.nextInt(noted.length - safe + 1);
      Files.write(place.journal(), replacedInVain ? journal : Arrays.copyOf(noted, kept));
    }
    forceWhatIsThere();
  }

  private void forceWhatIsThere() throws IOException {
    content = read(place.part());
    journal = read(place.journal());
  }

  private byte[] mixed(byte[] written, Random random) {
    int shortest = Math.min(content.length, written.length);
    int longest = Math.max(content.length, written.length);
    byte[] left = new byte[shortest + random.nextInt(longest - shortest + 1)];
    for (int at = 0; at < left.length; at += BLOCK) {
      byte[] source = random.nextBoolean() ? written : content;
      int count = Math.min(BLOCK, Math.min(left.length, source.length) - at);
      if (count > 0) {
        System.arraycopy(source, at, left, at, count);
      }
    }
    return left;
  }

  private static byte[] read(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }
}
