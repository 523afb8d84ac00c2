package dev.bulkdl.plan;

import dev.bulkdl.model.TargetName;
import dev.bulkdl.plan.Collision.Kind;
import dev.bulkdl.plan.PlaceTable.Place;
import dev.bulkdl.plan.PlaceTable.Taken;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The targets of all rows so far, in about 42 bytes for each: finds rows that would write over one
 * another. A row that collides takes no place. Used by one thread at a time.
 */
final class TargetIndex {

  /** What a file that is not yet complete has behind its name, and its journal. */
  private static final List<String> PARTIAL_ENDINGS =
      List.of(".part", ".part.journal", ".part.journal~", ".part.copy", ".part.orphan");

  private final boolean caseInsensitive;
  private final PlaceTable places;

  /** Whether some place could be a partial file's by its name; if not, nobody need look for one. */
  private boolean partialNameSeen;

  /** The folder of the row before, which needs no look. */
  private String lastFolder = "";

  /**
   * @param caseInsensitive whether names that differ only in case, or in how Unicode composes a
   *     character, are one name
   */
  TargetIndex(boolean caseInsensitive) {
    this.caseInsensitive = caseInsensitive;
    this.places = new PlaceTable(caseInsensitive);
  }

  /**
   * Takes the target's place for the row on this line, unless an earlier row stands against it.
   *
   * @param line at least 1
   */
  Optional<Collision> add(TargetName target, long line) {
    String path = target.value();
    Place place = places.place(path);
    String folder = path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    boolean newFolder = !folder.equals(lastFolder);
    Optional<Collision> collision =
        withSamePlace(place, line)
            .or(() -> asPartial(path, line))
            .or(() -> newFolder ? withFolders(folder, line) : Optional.empty())
            .or(() -> withOwnPartial(path, line));
    if (collision.isEmpty()) {
      places.put(place, Taken.byFile(line));
      if (newFolder) {
        takeFolders(folder, line);
        lastFolder = folder;
      }
      partialNameSeen |= couldNamePartial(path);
    }
    return collision;
  }

  private Optional<Collision> withSamePlace(Place place, long line) {
    Taken taken = places.get(place);
    return taken.isFree()
        ? Optional.empty()
        : collision(line, taken, taken.isFile() ? Kind.SAME : Kind.IS_FOLDER);
  }

  /** The row's file or folder has the name of another row's partial file. */
  private Optional<Collision> asPartial(String path, long line) {
    for (String ending : PARTIAL_ENDINGS) {
      int length = path.length() - ending.length();
      if (length > 0 && path.regionMatches(caseInsensitive, length, ending, 0, ending.length())) {
        Taken whole = places.get(places.place(path.substring(0, length)));
        if (whole.isFile()) {
          return collision(line, whole, Kind.IS_PARTIAL);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Collision> withFolders(String folder, long line) {
    for (int end = endOfFirst(folder); end > 0; end = endOfNext(folder, end)) {
      String outer = folder.substring(0, end);
      Taken taken = places.get(places.place(outer));
      if (taken.isFile()) {
        return collision(line, taken, Kind.INSIDE_FILE);
      }
      Optional<Collision> asPartial = taken.isFree() ? asPartial(outer, line) : Optional.empty();
      if (asPartial.isPresent()) {
        return asPartial;
      }
    }
    return Optional.empty();
  }

  /** The row's partial file would have the name of what another row puts there. */
  private Optional<Collision> withOwnPartial(String path, long line) {
    if (!partialNameSeen) {
      return Optional.empty();
    }
    for (String ending : PARTIAL_ENDINGS) {
      Taken taken = places.get(places.place(path + ending));
      if (!taken.isFree()) {
        return collision(line, taken, Kind.HAS_PARTIAL);
      }
    }
    return Optional.empty();
  }

  private void takeFolders(String folder, long line) {
    for (int end = endOfFirst(folder); end > 0; end = endOfNext(folder, end)) {
      Place place = places.place(folder.substring(0, end));
      if (places.get(place).isFree()) {
        places.put(place, Taken.byFolder(line));
      }
    }
  }

  private boolean couldNamePartial(String path) {
    return (caseInsensitive ? path.toLowerCase(Locale.ROOT) : path).contains(".part");
  }

  /** The end of the outermost folder; 0 where there is none. */
  private static int endOfFirst(String folder) {
    return endOfNext(folder, 0);
  }

  private static int endOfNext(String folder, int end) {
    if (end >= folder.length()) {
      return 0;
    }
    int slash = folder.indexOf('/', end + 1);
    return slash < 0 ? folder.length() : slash;
  }

  private static Optional<Collision> collision(long line, Taken taken, Kind kind) {
    return Optional.of(new Collision(line, taken.line(), kind));
  }
}
