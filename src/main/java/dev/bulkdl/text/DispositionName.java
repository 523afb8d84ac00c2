package dev.bulkdl.text;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the file name in a field Content-Disposition (RFC 6266). A server must not choose a place,
 * so only the last part of a path counts, and no hidden name. Pure.
 */
public final class DispositionName {

  private static final String START = "(?i)(?:^|;)\\s*";

  /** {@code filename*=UTF-8''a%20b} (RFC 8187). */
  private static final Pattern EXTENDED =
      Pattern.compile(START + "filename\\*\\s*=\\s*(UTF-8|ISO-8859-1)'[^']*'([^;\\s]+)");

  private static final Pattern QUOTED =
      Pattern.compile(START + "filename\\s*=\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  private static final Pattern TOKEN = Pattern.compile(START + "filename\\s*=\\s*([^\";\\s]+)");

  private DispositionName() {}

  /** Returns the name; empty if there is none, or none that may be used. */
  public static Optional<String> of(String field) {
    return extended(field)
        .or(() -> plain(QUOTED, field).map(text -> text.replaceAll("\\\\(.)", "$1")))
        .or(() -> plain(TOKEN, field))
        .map(DispositionName::lastPart)
        .filter(name -> !name.isBlank() && !name.startsWith("."));
  }

  private static Optional<String> extended(String field) {
    Matcher found = EXTENDED.matcher(field);
    if (!found.find()) {
      return Optional.empty();
    }
    Charset charset =
        found.group(1).equalsIgnoreCase("UTF-8")
            ? StandardCharsets.UTF_8
            : StandardCharsets.ISO_8859_1;
    try {
      return Optional.of(URLDecoder.decode(found.group(2).replace("+", "%2B"), charset));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a broken escape
    }
  }

  private static Optional<String> plain(Pattern form, String field) {
    Matcher found = form.matcher(field);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private static String lastPart(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).strip();
  }
}
