package dev.bulkdl.serve.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The built page, which lies beside this class. Needs no sign-in and knows nothing of anybody. */
final class StaticPage {

  private static final Pattern NAME =
      Pattern.compile("(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");

  /** The build writes the hash of the content into such a name. */
  private static final Pattern HASHED =
      Pattern.compile("assets/.+[-.][A-Za-z0-9_-]{8}\\.[a-z0-9]+");

  /** The pattern of names goes deeper with each slash. */
  private static final int LONGEST = 200;

  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final String MISSING =
      "<!doctype html><title>bulkdl</title><p>This build has no page. The API is at api/v1.</p>";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "json", "application/json",
          "webmanifest", "application/manifest+json",
          "txt", "text/plain; charset=utf-8",
          "woff2", "font/woff2");

  private final String basePath;
  private final Map<String, Optional<Asset>> known = new ConcurrentHashMap<>();

  /**
   * @param zipped the same content as gzip, if the build made it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared and never changed
  record Asset(byte[] content, Optional<byte[]> zipped, String type, String cache) {}

  StaticPage(String basePath) {
    this.basePath = basePath;
  }

  /**
   * Returns the file at a path below the base path. The page keeps its own places behind a {@code
   * #}, so it has one path.
   */
  Optional<Asset> find(String path) {
    String name = path.startsWith("/") ? path.substring(1) : path;
    if (name.isEmpty()) {
      return Optional.of(index());
    }
    if (name.length() > LONGEST
        || !NAME.matcher(name).matches()
        || !TYPES.containsKey(extension(name))) {
      return Optional.empty();
    }
    Optional<Asset> found = known.get(name);
    if (found == null) {
      found = load(name);
      if (found.isPresent()) { // what does not exist is not kept: names are endless
        known.put(name, found);
      }
    }
    return found;
  }

  private Asset index() {
    return find("index.html")
        .orElseGet(
            () ->
                new Asset(
                    MISSING.getBytes(StandardCharsets.UTF_8),
                    Optional.empty(),
                    "text/html; charset=utf-8",
                    "no-cache"));
  }

  private Optional<Asset> load(String name) {
    Optional<byte[]> content = resource(name);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    boolean isIndex = name.equals("index.html");
    byte[] bytes = isIndex ? withBase(content.get()) : content.get();
    Optional<byte[]> zipped = isIndex ? Optional.empty() : resource(name + ".gz");
    String type = String.valueOf(TYPES.get(extension(name)));
    String cache = HASHED.matcher(name).matches() ? FOREVER : "no-cache";
    return Optional.of(new Asset(bytes, zipped, type, cache));
  }

  /** The page uses relative URLs only, and this tells it what they are relative to. */
  private byte[] withBase(byte[] html) {
    return new String(html, StandardCharsets.UTF_8)
        .replaceFirst("<base href=\"[^\"]*\"", "<base href=\"" + basePath + "/\"")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<byte[]> resource(String name) {
    try (InputStream in = StaticPage.class.getResourceAsStream("page/" + name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
