package dev.bulkdl.text;

import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The encoding in which the JVM gives names of files to the system. On Unix it is that of the
 * locale in which the JVM was started; nothing changes it later.
 *
 * @param charset of the names
 * @param locale the variable that chose it, as {@code LC_ALL=C}
 */
public record NameEncoding(Charset charset, String locale) {

  private static final String PROPERTY = "sun.jnu.encoding";

  /** The one of this process. */
  public static NameEncoding ofProcess() {
    return holdsEveryName()
        ? new NameEncoding(StandardCharsets.UTF_8, "")
        : of(System.getProperty(PROPERTY, "UTF-8"), System.getenv());
  }

  /** Whether this process can give every name to the system. Costs next to nothing. */
  public static boolean holdsEveryName() {
    return File.separatorChar == '\\' || System.getProperty(PROPERTY, "UTF-8").equals("UTF-8");
  }

  /** The one of this name in this environment. */
  static NameEncoding of(String name, Map<String, String> environment) {
    String locale =
        Stream.of("LC_ALL", "LC_CTYPE", "LANG")
            .filter(variable -> !environment.getOrDefault(variable, "").isEmpty())
            .findFirst()
            .map(variable -> variable + "=" + environment.get(variable))
            .orElse("no LC_ALL, LC_CTYPE or LANG is set");
    return new NameEncoding(Charset.forName(name, StandardCharsets.UTF_8), locale);
  }

  /**
   * Why a name or an argument cannot be used, and the way out; empty if it can. An argument that
   * the JVM could not decode holds U+FFFD, which is in no encoding but those of Unicode.
   */
  public Optional<String> problem(String name) {
    if (charset.equals(StandardCharsets.UTF_8)
        || Chars.all(name, c -> c < 0x80)
        || charset.newEncoder().canEncode(name)) {
      return Optional.empty();
    }
    return Optional.of(
        "%s is not in the encoding of the locale (%s, %s); start bulkdl in a UTF-8 locale, such as LC_ALL=C.UTF-8"
            .formatted(Redaction.printable(name), locale, charset));
  }
}
