package dev.bulkdl.transfer;

import dev.bulkdl.disk.OutputFolder.Existing;
import dev.bulkdl.model.DiskSettings;
import dev.bulkdl.model.Failure;
import java.util.Optional;
import java.util.OptionalLong;

/** What the file under the final name means for the work to be done. Pure. */
public sealed interface Presence {

  /** Nothing is in the way. */
  record Absent() implements Presence {}

  /** It is the file that is wanted, as far as its size tells. */
  record Whole() implements Presence {}

  /** Its hash is to tell. */
  record ToHash() implements Presence {}

  /** Its size is to be compared with the server's. */
  record ToCompare() implements Presence {}

  /** It stays until the new file is complete and checked, and is replaced then. */
  record ToReplace() implements Presence {}

  /** It is the beginning of the download. */
  record ToContinue() implements Presence {}

  /** It is in the way. */
  record InTheWay(Failure failure) implements Presence {}

  /**
   * Judges by what is known without the network.
   *
   * @param wanted the size that the file must have, from the manifest or from the server
   * @param hashed whether the manifest gives a hash
   */
  static Presence of(
      Optional<Existing> found, OptionalLong wanted, boolean hashed, DiskSettings settings) {
    if (found.isEmpty()) {
      return new Absent();
    }
    Existing file = found.get();
    if (!file.isFile()) {
      return new InTheWay(
          new Failure.Disk("the final name belongs to something that is no file", false));
    }
    if (file.unfinished()) {
      return unfinished(settings);
    }
    if (settings.verifyExisting()
        && hashed
        && (wanted.isEmpty() || wanted.getAsLong() == file.size())) {
      return new ToHash();
    }
    if (wanted.isEmpty()) {
      return new ToCompare();
    }
    return bySize(file.size(), wanted.getAsLong(), settings);
  }

  /** Its size is that of the whole file while it still has holes. */
  private static Presence unfinished(DiskSettings settings) {
    return settings.overwrite()
        ? new ToReplace()
        : new InTheWay(
            new Failure.Exists(
                "an unfinished download of another file has this name; finish that one, or move"
                    + " it and its journal away; --overwrite replaces it"));
  }

  private static Presence bySize(long size, long wanted, DiskSettings settings) {
    return size == wanted ? new Whole() : ofOther(size, OptionalLong.of(wanted), settings);
  }

  /** Judges a file that is known not to be the one that is wanted. */
  static Presence ofOther(long size, OptionalLong wanted, DiskSettings settings) {
    boolean shorter = wanted.isPresent() && size < wanted.getAsLong();
    if (settings.continueExisting() && shorter) {
      return new ToContinue();
    }
    if (settings.overwrite()) {
      return new ToReplace();
    }
    String difference =
        wanted.isPresent()
            ? size + " bytes are there, " + wanted.getAsLong() + " are wanted"
            : "its content is not the one that is wanted";
    return new InTheWay(
        new Failure.Exists(
            "another file has this name ("
                + difference
                + "); --overwrite replaces it"
                + (shorter ? ", --continue-existing completes it" : "")));
  }
}
