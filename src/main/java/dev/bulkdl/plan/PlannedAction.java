package dev.bulkdl.plan;

import dev.bulkdl.disk.PartFile.Remains;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.transfer.ResumePoint;
import java.util.OptionalLong;

/** What a run would do about one row. */
public sealed interface PlannedAction {

  /** The kinds by which actions are counted, in the order in which people read them. */
  enum Kind {
    DOWNLOAD("download"),
    RESUME("resume"),
    CONTINUE("continue existing"),
    REPLACE("replace"),
    SKIP("skip (there already)"),
    BLOCKED("blocked"),
    ERROR("error");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** For people. */
    public String label() {
      return label;
    }
  }

  /**
   * The content is fetched; {@code replaces} when a complete file of that name makes way for it.
   */
  record Fetch(Part part, boolean replaces) implements PlannedAction {

    /** The same with a partial file that takes this many bytes on the device. */
    Fetch holding(long taken) {
      return new Fetch(part.holding(taken), replaces);
    }

    private Kind kindOfFetch() {
      if (replaces) {
        return Kind.REPLACE;
      }
      return part.usable() > 0 ? Kind.RESUME : Kind.DOWNLOAD;
    }
  }

  /** The user's own file, of this many bytes, is taken as the beginning. */
  record Continue(long bytes) implements PlannedAction {}

  /** Nothing is left to do. */
  record Skip() implements PlannedAction {}

  /** Something here stands in the way. */
  record Blocked(Failure failure) implements PlannedAction {}

  /** The row cannot be had as it is. */
  record Refused(Failure failure) implements PlannedAction {}

  /**
   * What earlier runs left in partial files.
   *
   * @param usable bytes that need not be fetched again, if the server proves its file the same
   * @param useless bytes that cannot be built upon
   * @param reserved further bytes that they take on the device, for those that were to come
   */
  record Part(long usable, long useless, long reserved) {

    static final Part NONE = new Part(0, 0);

    Part(long usable, long useless) {
      this(usable, useless, 0);
    }

    private Part holding(long taken) {
      return new Part(usable, useless, Math.max(0, taken - usable - useless));
    }
  }

  /**
   * Decides how content would be fetched, by the rules of a run as far as they are known before the
   * first byte of it. Pure.
   *
   * @param total the length that the server tells
   * @param replaces whether a complete file makes way
   */
  static Fetch fetch(
      ResumePoint point,
      Remains remains,
      OptionalLong total,
      RangeSupport ranges,
      boolean replaces) {
    return switch (point) {
      case ResumePoint.Fresh fresh -> new Fetch(new Part(0, fresh.discarded()), replaces);
      case ResumePoint.Continue on ->
          ranges == RangeSupport.REFUSED || differ(on.journal().version().total(), total)
              ? new Fetch(new Part(0, remains.size()), replaces)
              : new Fetch(new Part(on.done().bytes(), 0), replaces);
    };
  }

  private static boolean differ(OptionalLong a, OptionalLong b) {
    return a.isPresent() && b.isPresent() && a.getAsLong() != b.getAsLong();
  }

  default Kind kind() {
    return switch (this) {
      case Fetch fetch -> fetch.kindOfFetch();
      case Continue ignored -> Kind.CONTINUE;
      case Skip ignored -> Kind.SKIP;
      case Blocked ignored -> Kind.BLOCKED;
      case Refused ignored -> Kind.ERROR;
    };
  }

  /** Bytes that are there and need not be fetched. */
  default long present() {
    return switch (this) {
      case Fetch fetch -> fetch.part().usable();
      case Continue on -> on.bytes();
      case Skip ignored -> 0;
      case Blocked ignored -> 0;
      case Refused ignored -> 0;
    };
  }

  /** Bytes that the file system has kept for content that is still to be fetched. */
  default long reserved() {
    return this instanceof Fetch fetch ? fetch.part().reserved() : 0;
  }

  /** Whether content is fetched. */
  default boolean fetches() {
    return switch (this) {
      case Fetch ignored -> true;
      case Continue ignored -> true;
      case Skip ignored -> false;
      case Blocked ignored -> false;
      case Refused ignored -> false;
    };
  }
}
