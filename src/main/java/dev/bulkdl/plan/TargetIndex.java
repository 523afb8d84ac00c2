package dev.bulkdl.plan;

import dev.bulkdl.disk.FilePaths;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.plan.Collision.Kind;
import dev.bulkdl.plan.PlaceTable.Place;
import dev.bulkdl.plan.PlaceTable.Taken;
import java.util.Locale;
import java.util.Optional;

/**
 * The targets of all rows so far, in about 55 bytes for each. It finds rows that would write to the
 * same path. A row that collides takes no place. Not thread-safe.
 */
final class TargetIndex {

  private final boolean caseInsensitive;
  private final PlaceTable places;

  /** Whether any name so far can belong to a partial file; if not, that check is left out. */
  private boolean partialNameSeen;

  /** The folder of the previous row, which is already checked. */
  private String lastFolder = "";

  /**
   * @param caseInsensitive whether names that differ only in letter case, or in Unicode
   *     composition, are the same
   */
  TargetIndex(boolean caseInsensitive) {
    this.caseInsensitive = caseInsensitive;
    this.places = new PlaceTable(caseInsensitive);
  }

  /**
   * Takes the target's place for the row on this line, unless it collides with an earlier row.
   *
   * @param line the row's line, at least 1
   * @param mark equal for two rows only if they are the same, see {@link RowMark}
   * @return the collision, if any
   */
  Optional<Collision> add(TargetName target, long line, long mark) {
    String path = target.value();
    Place place = places.place(path);
    String folder = path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    boolean newFolder = !folder.equals(lastFolder);
    Optional<Collision> collision =
        withSamePlace(place, line, mark)
            .or(() -> asPartial(path, line))
            .or(() -> newFolder ? withFolders(folder, line) : Optional.empty())
            .or(() -> withOwnPartial(path, line));
    if (collision.isEmpty()) {
      places.put(place, Taken.byFile(line), mark);
      if (newFolder) {
        takeFolders(folder, line);
        lastFolder = folder;
      }
      partialNameSeen |= couldNamePartial(path);
    }
    return collision;
  }

  private Optional<Collision> withSamePlace(Place place, long line, long mark) {
    Taken taken = places.get(place);
    if (taken.isFree()) {
      return Optional.empty();
    }
    if (!taken.isFile()) {
      return collision(line, taken, Kind.IS_FOLDER);
    }
    return collision(line, taken, places.mark(place) == mark ? Kind.REPEATED : Kind.SAME);
  }

  /** Returns a collision if the row's file or folder has the name of another row's partial file. */
  private Optional<Collision> asPartial(String path, long line) {
    for (String ending : FilePaths.ENDINGS) {
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

  /** Returns a collision if the row's partial file would have a name that another row uses. */
  private Optional<Collision> withOwnPartial(String path, long line) {
    if (!partialNameSeen) {
      return Optional.empty();
    }
    for (String ending : FilePaths.ENDINGS) {
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
        places.put(place, Taken.byFolder(line), 0);
      }
    }
  }

  private boolean couldNamePartial(String path) {
    return (caseInsensitive ? path.toLowerCase(Locale.ROOT) : path).contains(".part");
  }

  /** Returns the end of the outermost folder; 0 if there is none. */
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
