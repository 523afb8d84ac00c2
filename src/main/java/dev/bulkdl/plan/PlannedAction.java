package dev.bulkdl.plan;

import dev.bulkdl.disk.PartFile.Remains;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.transfer.ResumePoint;
import java.util.OptionalLong;

/** What a run would do with one row. */
public sealed interface PlannedAction {

  /** The kinds of actions, in the order of the summary. */
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

    /** The label in texts. */
    public String label() {
      return label;
    }
  }

  /**
   * The content is fetched.
   *
   * @param part what earlier runs left in the partial file
   * @param replaces whether a complete file of that name is replaced
   */
  record Fetch(Part part, boolean replaces) implements PlannedAction {

    /** Returns the same action, with a partial file of this allocation in bytes. */
    Fetch withAllocated(long bytes) {
      return new Fetch(part.withAllocated(bytes), replaces);
    }

    private Kind kindOfFetch() {
      if (replaces) {
        return Kind.REPLACE;
      }
      return part.usable() > 0 ? Kind.RESUME : Kind.DOWNLOAD;
    }
  }

  /** The user's own file of this size is taken as the beginning. */
  record Continue(long bytes) implements PlannedAction {}

  /** The file is already present. */
  record Skip() implements PlannedAction {}

  /** A local file or folder is in the way. */
  record Blocked(Failure failure) implements PlannedAction {}

  /** The row cannot be downloaded. */
  record Refused(Failure failure) implements PlannedAction {}

  /**
   * What earlier runs left in partial files, in bytes.
   *
   * @param usable bytes that need not be fetched again, if the server proves that its file is the
   *     same
   * @param useless bytes that cannot be used
   * @param reserved allocated space beyond these bytes
   */
  record Part(long usable, long useless, long reserved) {

    static final Part NONE = new Part(0, 0);

    Part(long usable, long useless) {
      this(usable, useless, 0);
    }

    private Part withAllocated(long bytes) {
      return new Part(usable, useless, Math.max(0, bytes - usable - useless));
    }
  }

  /**
   * Decides how content would be fetched, by the rules of a run, as far as they are known before
   * the first byte. Pure.
   *
   * @param total the length that the server states
   * @param ranges the server's support for ranges
   * @param replaces whether a complete file is replaced
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

  /** The bytes that need not be fetched. */
  default long present() {
    return switch (this) {
      case Fetch fetch -> fetch.part().usable();
      case Continue on -> on.bytes();
      case Skip ignored -> 0;
      case Blocked ignored -> 0;
      case Refused ignored -> 0;
    };
  }

  /** The space in bytes that is already allocated for missing content. */
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
