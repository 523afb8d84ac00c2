package dev.bulkdl.transfer;

import dev.bulkdl.disk.OutputFolder.Existing;
import dev.bulkdl.model.DiskSettings;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.RangeSupport;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the file under the final name means for the work to be done, decided by the facts that are
 * known so far. Pure. A run and a plan both decide by {@link #of}; {@link ExistingFileCheck} finds
 * out the facts that it asks for.
 */
public sealed interface ExistingFile {

  /** What keeps a file of the right size from being the one. */
  String OTHER_HASH = "its hash is another one";

  /** Another fact is needed first. */
  sealed interface Step extends ExistingFile {}

  /** The hash of the file is to be compared with the manifest's. */
  record NeedsHash() implements Step {}

  /** The server is to be asked for the length of its file. */
  record NeedsLength() implements Step {}

  /** What is to be done. */
  sealed interface Verdict extends ExistingFile {}

  /** Nothing is in the way. */
  record Absent() implements Verdict {}

  /** It is the file that is wanted, by this proof. */
  record Whole(long size, Proof proof) implements Verdict {}

  /** It stays until the new file is complete and checked, and is replaced then. */
  record ToReplace() implements Verdict {}

  /** It is the beginning of the download, of this many bytes. */
  record ToContinue(long size, OptionalLong wanted) implements Verdict {

    /** The same, once it is known whether the server gives the rest alone. */
    public Verdict under(RangeSupport ranges, DiskSettings settings) {
      return other(size, wanted, ranges, "", settings);
    }
  }

  /** It is in the way. */
  record InTheWay(Failure failure) implements Verdict {}

  /** The server does not say what it has, so nothing is known of the file that is here. */
  record Unanswered(Failure failure) implements Verdict {}

  /**
   * What is known.
   *
   * @param found what has the final name
   * @param wanted the size that the manifest gives
   * @param hash the strongest of the hashes that the manifest gives
   * @param hashHolds whether the file has that hash, once it was compared
   * @param answer what the server says of its length, once it was asked
   */
  record Facts(
      Optional<Existing> found,
      OptionalLong wanted,
      Optional<Proof> hash,
      Optional<Boolean> hashHolds,
      Optional<SizeProbe.Length> answer) {

    /** What is known without a look into the file and without the network. */
    static Facts of(Optional<Existing> found, Download download) {
      return new Facts(
          found, download.size(), download.hashProof(), Optional.empty(), Optional.empty());
    }

    Facts withHash(boolean holds) {
      return new Facts(found, wanted, hash, Optional.of(holds), answer);
    }

    Facts withAnswer(SizeProbe.Length told) {
      return new Facts(found, wanted, hash, hashHolds, Optional.of(told));
    }
  }

  static ExistingFile of(Facts facts, DiskSettings settings) {
    if (facts.found.isEmpty()) {
      return new Absent();
    }
    Existing file = facts.found.get();
    if (!file.isFile()) {
      return new InTheWay(
          new Failure.Disk("the final name belongs to something that is no file", false));
    }
    if (file.unfinished()) {
      return unfinished(settings);
    }
    boolean sizeFits = facts.wanted.isEmpty() || facts.wanted.getAsLong() == file.size();
    if (settings.existing().verify() && facts.hash.isPresent() && sizeFits) {
      return byHash(file.size(), facts, settings);
    }
    return facts.wanted.isPresent()
        ? bySize(file.size(), facts.wanted.getAsLong(), RangeSupport.UNKNOWN, settings)
        : byAnswer(file.size(), false, facts, settings);
  }

  /** Its size is that of the whole file while it still has holes. */
  private static ExistingFile unfinished(DiskSettings settings) {
    return settings.existing().overwrite()
        ? new ToReplace()
        : new InTheWay(
            new Failure.Exists(
                "an unfinished download of another file has this name; finish that one, or move"
                    + " it and its journal away; --overwrite replaces it"));
  }

  private static ExistingFile byHash(long size, Facts facts, DiskSettings settings) {
    if (facts.hashHolds.isEmpty()) {
      return new NeedsHash();
    }
    if (facts.hashHolds.get()) {
      return new Whole(size, facts.hash.orElseThrow());
    }
    boolean lengthMatters = facts.wanted.isEmpty() && settings.existing().resume();
    return lengthMatters
        ? byAnswer(size, true, facts, settings)
        : other(size, facts.wanted, RangeSupport.UNKNOWN, OTHER_HASH, settings);
  }

  /**
   * @param isOther whether its content is known not to be the one that is wanted
   */
  private static ExistingFile byAnswer(
      long size, boolean isOther, Facts facts, DiskSettings settings) {
    if (facts.answer.isEmpty()) {
      return new NeedsLength();
    }
    return switch (facts.answer.get()) {
      case SizeProbe.Told told ->
          isOther
              ? other(size, OptionalLong.of(told.bytes()), told.ranges(), OTHER_HASH, settings)
              : bySize(size, told.bytes(), told.ranges(), settings);
      case SizeProbe.Untold untold ->
          other(
              size,
              OptionalLong.empty(),
              untold.ranges(),
              "the server does not say how long its file is, so they cannot be compared",
              settings);
      case SizeProbe.Refused refused -> new Unanswered(refused.failure());
    };
  }

  private static Verdict bySize(
      long size, long wanted, RangeSupport ranges, DiskSettings settings) {
    return size == wanted
        ? new Whole(size, Proof.LENGTH)
        : other(size, OptionalLong.of(wanted), ranges, "", settings);
  }

  /**
   * Judges a file that is not known to be the one that is wanted.
   *
   * @param why in words, unless the sizes say it
   */
  private static Verdict other(
      long size, OptionalLong wanted, RangeSupport ranges, String why, DiskSettings settings) {
    boolean ranged = ranges != RangeSupport.REFUSED;
    boolean shorter = wanted.isPresent() && size < wanted.getAsLong();
    if (settings.existing().resume() && shorter && ranged) {
      return new ToContinue(size, wanted);
    }
    if (settings.existing().overwrite()) {
      return new ToReplace();
    }
    boolean sizesSay = wanted.isPresent() && size != wanted.getAsLong();
    String difference =
        sizesSay ? size + " bytes are there, " + wanted.getAsLong() + " are wanted" : why;
    return new InTheWay(
        new Failure.Exists(
            "another file has this name ("
                + difference
                + (shorter && !ranged ? ", and the server does not send the rest alone" : "")
                + "); --overwrite replaces it"
                + (shorter && ranged ? ", --continue-existing completes it" : "")));
  }
}
