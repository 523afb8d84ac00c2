package dev.bulkdl.transfer;

import dev.bulkdl.disk.OutputFolder.Existing;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.model.Version;
import dev.bulkdl.settings.DiskSettings;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an existing file under the final name means for a download, decided by the facts that are
 * known so far. Pure. A run and a plan both use {@link #of}; {@link ExistingFileCheck} finds the
 * facts that it needs.
 */
public sealed interface ExistingFile {

  /** The reason why a file of the right size is not the wanted one. */
  String OTHER_HASH = "its hash differs";

  /** Another fact is needed before the decision. */
  sealed interface Step extends ExistingFile {}

  /** The file's hash must be compared with the manifest's. */
  record NeedsHash() implements Step {}

  /**
   * The server must be asked for the length of its file.
   *
   * @param conditional whether it can answer that the file is still the recorded one
   */
  record NeedsLength(boolean conditional) implements Step {}

  /** The decision. */
  sealed interface Verdict extends ExistingFile {}

  /** No file has the name: download it. */
  record Absent() implements Verdict {}

  /**
   * The file is the wanted one.
   *
   * @param size its size in bytes
   * @param proof how that was proven
   */
  record Whole(long size, Proof proof) implements Verdict {}

  /** The file is replaced, after the new one is complete and checked. */
  record ToReplace() implements Verdict {}

  /**
   * The file is taken as the beginning of the download.
   *
   * @param size its size in bytes
   * @param wanted the size of the whole file in bytes, if known
   */
  record ToContinue(long size, OptionalLong wanted) implements Verdict {

    /** Decides again, when the server's support for ranges is known. */
    public Verdict under(RangeSupport ranges, DiskSettings settings) {
      return other(size, wanted, ranges, "", settings);
    }
  }

  /** The file stays, and the download fails. */
  record InTheWay(Failure failure) implements Verdict {}

  /** The server gives no usable response, so the existing file cannot be compared. */
  record Unanswered(Failure failure) implements Verdict {}

  /**
   * The known facts.
   *
   * @param found what has the final name
   * @param wanted the size in bytes from the manifest
   * @param hash the strongest hash in the manifest, or else in the inventory
   * @param hashHolds whether the file has that hash; empty before the comparison
   * @param answer the server's response about its length; empty before the request
   * @param version what the response says about the file's version
   * @param recorded what the inventory says about a file of this name and size
   */
  record Facts(
      Optional<Existing> found,
      OptionalLong wanted,
      Optional<Proof> hash,
      Optional<Boolean> hashHolds,
      Optional<SizeProbe.Length> answer,
      Version version,
      Optional<Recorded> recorded) {

    /** Returns the facts that are known without reading the file and without the network. */
    static Facts of(Optional<Existing> found, Download download) {
      return new Facts(
          found,
          download.size(),
          download.hashProof(),
          Optional.empty(),
          Optional.empty(),
          Version.UNKNOWN,
          Optional.empty());
    }

    Facts withHash(boolean holds) {
      return new Facts(found, wanted, hash, Optional.of(holds), answer, version, recorded);
    }

    Facts withAnswer(SizeProbe.Length answered) {
      return withAnswer(answered, Version.UNKNOWN);
    }

    Facts withAnswer(SizeProbe.Length answered, Version stated) {
      return new Facts(found, wanted, hash, hashHolds, Optional.of(answered), stated, recorded);
    }

    /** Adds what is recorded. Without a hash in the list, the recorded ones take its place. */
    Facts withRecorded(Optional<Recorded> known) {
      Optional<Proof> recordedHash =
          known.filter(Recorded::sameUrl).stream()
              .flatMap(it -> it.hashes().stream())
              .map(it -> it.algorithm().proof())
              .min(Comparator.naturalOrder());
      Optional<Proof> either = hash.or(() -> recordedHash);
      return new Facts(found, wanted, either, hashHolds, answer, version, known);
    }

    /** Whether the file came from another URL, and its size is not enough. */
    private boolean isFromElsewhere(DiskSettings settings) {
      return recorded.filter(known -> !known.sameUrl()).isPresent()
          && !settings.existing().trustSize();
    }

    private boolean canBeAskedForNews(DiskSettings settings) {
      return settings.existing().ifModified()
          && recorded.filter(known -> known.sameUrl() && known.hasValidator()).isPresent();
    }
  }

  static ExistingFile of(Facts facts, DiskSettings settings) {
    if (facts.found.isEmpty()) {
      return new Absent();
    }
    Existing file = facts.found.get();
    if (!file.isFile()) {
      return new InTheWay(
          new Failure.Disk("something that is not a file has the final name", false));
    }
    if (file.unfinished()) {
      return unfinished(settings);
    }
    boolean sizeFits = facts.wanted.isEmpty() || facts.wanted.getAsLong() == file.size();
    boolean elsewhere = facts.isFromElsewhere(settings);
    if ((settings.existing().verify() || elsewhere) && facts.hash.isPresent() && sizeFits) {
      return byHash(file.size(), facts, settings);
    }
    if (elsewhere) {
      return byEtag(file.size(), facts, settings);
    }
    if (facts.canBeAskedForNews(settings)) {
      return byNews(file.size(), facts);
    }
    return facts.wanted.isPresent()
        ? bySize(file.size(), facts.wanted.getAsLong(), RangeSupport.UNKNOWN, settings)
        : byAnswer(file.size(), false, facts, settings);
  }

  /**
   * A partial file can have the size of the whole file and still have holes, so its size proves
   * nothing.
   */
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

  /** Decides about a file from another URL: only an equal strong ETag shows the same content. */
  private static ExistingFile byEtag(long size, Facts facts, DiskSettings settings) {
    Recorded recorded = facts.recorded.orElseThrow();
    if (recorded.hasStrongEtag() && facts.answer.isEmpty()) {
      return new NeedsLength(false);
    }
    if (recorded.isProvenBy(facts.version)) {
      return new Whole(size, Proof.ETAG);
    }
    return settings.existing().overwrite()
        ? new ToReplace()
        : new InTheWay(
            new Failure.Exists(
                (recorded.url().isEmpty()
                        ? "nothing tells which URL it came from"
                        : "it came from another URL: " + recorded.url())
                    + "; give another name; --overwrite replaces the file, --trust-size accepts it"
                    + " by its size"));
  }

  /** Asks whether the file has changed since it was downloaded. A changed one replaces it. */
  private static ExistingFile byNews(long size, Facts facts) {
    if (facts.answer.isEmpty()) {
      return new NeedsLength(true);
    }
    Recorded recorded = facts.recorded.orElseThrow();
    Proof proof = recorded.hasStrongEtag() ? Proof.ETAG : Proof.LENGTH;
    return switch (facts.answer.get()) {
      case SizeProbe.Unchanged ignored -> new Whole(size, proof);
      case SizeProbe.Refused refused -> new Unanswered(refused.failure());
      case SizeProbe.Untold ignored -> new ToReplace();
      case SizeProbe.Told answered ->
          answered.bytes() == size && recorded.isUnchangedBy(facts.version)
              ? new Whole(size, proof)
              : new ToReplace();
    };
  }

  /**
   * @param isOther whether the content is known to be different
   */
  private static ExistingFile byAnswer(
      long size, boolean isOther, Facts facts, DiskSettings settings) {
    if (facts.answer.isEmpty()) {
      return new NeedsLength(false);
    }
    return switch (facts.answer.get()) {
      case SizeProbe.Told answered ->
          isOther
              ? other(
                  size, OptionalLong.of(answered.bytes()), answered.ranges(), OTHER_HASH, settings)
              : bySize(size, answered.bytes(), answered.ranges(), settings);
      case SizeProbe.Untold untold ->
          other(
              size,
              OptionalLong.empty(),
              untold.ranges(),
              "the server does not state the length of its file, so they cannot be compared",
              settings);
      case SizeProbe.Refused refused -> new Unanswered(refused.failure());
      case SizeProbe.Unchanged ignored -> new Whole(size, Proof.LENGTH);
    };
  }

  private static Verdict bySize(
      long size, long wanted, RangeSupport ranges, DiskSettings settings) {
    return size == wanted
        ? new Whole(size, Proof.LENGTH)
        : other(size, OptionalLong.of(wanted), ranges, "", settings);
  }

  /**
   * Decides about a file that is not known to be the wanted one.
   *
   * @param why the reason in words; empty if the sizes differ
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
        sizesSay ? "it has " + size + " bytes, " + wanted.getAsLong() + " are expected" : why;
    return new InTheWay(
        new Failure.Exists(
            "another file has this name ("
                + difference
                + (shorter && !ranged ? ", and the server does not support ranges" : "")
                + "); --overwrite replaces it"
                + (shorter && ranged ? ", --continue-existing completes it" : "")));
  }
}
