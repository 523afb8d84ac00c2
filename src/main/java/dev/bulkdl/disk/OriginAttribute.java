package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;

/**
 * The URL that a file came from, as an extended attribute of the file, under the name that curl and
 * wget use too. Many file systems have no such attributes; then nothing is kept and nothing found.
 */
public final class OriginAttribute {

  /** Java adds {@code user.} in front. */
  private static final String NAME = "xdg.origin.url";

  private static final String ETAG = "bulkdl.etag";

  private OriginAttribute() {}

  /**
   * What the attributes say.
   *
   * @param etag the ETag field of the content
   */
  public record Found(String url, Optional<String> etag) {}

  /**
   * Keeps a URL without secrets, and the ETag of the content.
   *
   * @return false if the file system has no extended attributes
   */
  public static boolean write(Path file, String url, Optional<String> etag) {
    try {
      write(file, NAME, url);
      if (etag.isPresent()) {
        write(file, ETAG, etag.get());
      }
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static void write(Path file, String name, String text) throws IOException {
    view(file).write(name, StandardCharsets.UTF_8.encode(text));
  }

  /** Returns what the file's attributes say; empty if they say nothing. */
  public static Optional<Found> read(Path file) {
    return text(file, NAME).map(url -> new Found(url, text(file, ETAG)));
  }

  private static Optional<String> text(Path file, String name) {
    try {
      UserDefinedFileAttributeView view = view(file);
      ByteBuffer bytes = ByteBuffer.allocate(view.size(name));
      view.read(name, bytes);
      return Optional.of(StandardCharsets.UTF_8.decode(bytes.flip()).toString());
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  private static UserDefinedFileAttributeView view(Path file) {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    if (view == null) {
      throw new UnsupportedOperationException("no extended attributes");
    }
    return view;
  }
}
