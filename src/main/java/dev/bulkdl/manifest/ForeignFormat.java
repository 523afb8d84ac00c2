package dev.bulkdl.manifest;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Recognizes text files that list downloads in another form, by their first lines. */
enum ForeignFormat {
  JSON(
      "JSON",
      "convert it, for example with: (echo url,filename; jq -r '[.url, .filename] | @csv' FILE)"
          + " > list.csv"),
  XML("XML, such as a metalink or a web page", "write a CSV with the columns url and filename"),
  ARIA2(
      "an input file of aria2",
      "write a CSV with the columns url, filename and checksum: one line for each file"),
  SUMS(
      "a list of hashes as sha256sum writes it",
      "it holds no URLs; write a CSV with the columns url and sha256"),
  URL_AND_NAME(
      "a URL and a name on each line, without column names",
      "begin the file with the line url,filename and separate both by a comma; if each whole line"
          + " is a URL, begin it with the line url");

  /** The number of lines that are examined. */
  static final int LINES = 20;

  private static final Pattern URL = Pattern.compile("(?i)\\s*[a-z][a-z0-9+.-]{0,20}://.*");
  private static final Pattern JSON_LINE =
      Pattern.compile("\\s*(\\{\\s*(\".*|$)|\\[\\s*([{\"].*|$))");
  private static final Pattern XML_LINE =
      Pattern.compile("(?i)\\s*<(\\?xml|!doctype|html|metalink).*");
  private static final Pattern ARIA2_OPTION = Pattern.compile("[ \\t]+[a-z][a-z0-9-]*=.*");
  private static final Pattern SUM =
      Pattern.compile(
          "\\\\?([0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128}) [ *].+");

  /** The last part of the URL and the name have an ending, and the name has no mark of a query. */
  private static final Pattern NAME_AFTER_URL =
      Pattern.compile(
          "(?i)https?://[^\\s,;]*/[^\\s,;/?=]+\\.\\w{1,8}([,;]|[ \\t]+)\\s*\"?[^/?&=,;:]+\\.\\w{1,8}\"?\\s*");

  private final String description;
  private final String advice;

  ForeignFormat(String description, String advice) {
    this.description = description;
    this.advice = advice;
  }

  /**
   * Returns the form of these lines if it is another one than a manifest.
   *
   * @param first the first lines that are neither blank nor comments
   */
  static Optional<ForeignFormat> of(List<String> first) {
    return first.isEmpty()
        ? Optional.empty()
        : Stream.of(values()).filter(f -> f.fits(first)).findFirst();
  }

  /** Returns the message for the user. */
  String message() {
    return "this looks like " + description + "; " + advice;
  }

  private boolean fits(List<String> first) {
    return switch (this) {
      case JSON -> JSON_LINE.matcher(first.getFirst()).matches();
      case XML -> XML_LINE.matcher(first.getFirst()).matches();
      case ARIA2 ->
          URL.matcher(first.getFirst()).matches()
              && first.stream().anyMatch(line -> ARIA2_OPTION.matcher(line).matches());
      case SUMS -> first.stream().allMatch(line -> SUM.matcher(line).matches());
      case URL_AND_NAME -> first.stream().allMatch(line -> NAME_AFTER_URL.matcher(line).matches());
    };
  }
}
