package dev.bulkdl.disk;

import dev.bulkdl.text.SignedUrl;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The paths of one file.
 *
 * @param target the final name
 * @param part the partial file
 */
public record FilePaths(Path target, Path part) {

  private static final int MAX_BYTES = 255;
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#]*@");

  private static final String PART = ".part";
  private static final String JOURNAL = ".journal";
  private static final String ORPHAN = ".orphan";
  private static final String COPY = ".copy";
  private static final String LOCK = ".lock";

  /** What is added to a file's name while it is not complete. */
  public static final List<String> ENDINGS =
      List.of(
          PART,
          PART + JOURNAL,
          PART + JOURNAL + Journal.FRESH,
          PART + COPY,
          PART + ORPHAN,
          PART + LOCK);

  /**
   * Returns the paths of a target whose partial file is in {@code partFolder}. A name that would
   * become too long with its suffixes is shortened and gets a hash.
   */
  static FilePaths of(Path target, Path partFolder) {
    String name = Objects.requireNonNull(target.getFileName()).toString();
    int room = MAX_BYTES - (PART + JOURNAL + Journal.FRESH).length();
    return new FilePaths(target, partFolder.resolve(shorten(name, room) + PART));
  }

  private static String shorten(String name, int room) {
    if (name.getBytes(StandardCharsets.UTF_8).length <= room) {
      return name;
    }
    String mark = "~" + Digests.sha256(name).substring(0, 16);
    int chars = name.length();
    while (Character.isHighSurrogate(name.charAt(chars - 1))
        || name.substring(0, chars).getBytes(StandardCharsets.UTF_8).length + mark.length()
            > room) {
      chars--;
    }
    return name.substring(0, chars) + mark;
  }

  /** Returns the parent folder of a file below the output folder. */
  static Path folderOf(Path file) {
    return Objects.requireNonNull(file.getParent(), "a path below the output folder has a parent");
  }

  /** Returns the path of the journal. */
  public Path journal() {
    return journalOf(part);
  }

  static Path journalOf(Path part) {
    return part.resolveSibling(part.getFileName() + JOURNAL);
  }

  /** Returns the path of the lock of one partial file. */
  static Path lockOf(Path part) {
    return part.resolveSibling(part.getFileName() + LOCK);
  }

  /** Returns true if a partial file can have this name, given in lower case. */
  static boolean isNameOfPart(String name) {
    return name.endsWith(PART);
  }

  static boolean isNameOfCopy(String name) {
    return name.endsWith(PART + COPY);
  }

  static boolean isNameOfJournal(String name) {
    return name.endsWith(PART + JOURNAL) || name.endsWith(PART + JOURNAL + Journal.FRESH);
  }

  /** Returns the path to which a foreign file with a partial file's name is moved. */
  static Path orphan(Path file, int number) {
    return file.resolveSibling(file.getFileName() + (number == 1 ? ORPHAN : ORPHAN + "." + number));
  }

  /**
   * Returns the path of the complete copy beside the final name, for a partial file on another file
   * system.
   */
  Path copy() {
    return target.resolveSibling(part.getFileName() + COPY);
  }

  /**
   * Returns the hash of a URL that a journal keeps. It leaves out the user info and the parameters
   * of a signature, which differ each time the same file is signed.
   */
  public static String sourceDigest(URI source) {
    String url = source.toString();
    String open = url.indexOf('@') < 0 ? url : USER_INFO.matcher(url).replaceAll("");
    return Digests.sha256(SignedUrl.withoutSignature(open));
  }
}
