package dev.bulkdl.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/**
 * The text of one header that an option gives, directly or as a line of a file. No message repeats
 * the text.
 *
 * @param place where the text stands, such as {@code h.txt, line 3: }; empty on the command line
 */
record HeaderSource(String place, String text) {

  private static final int MAX_SIZE = 1 << 20;

  /**
   * Returns the headers of an option's value. {@code @FILE} stands for the lines of a file, without
   * blank lines and without comments, which start with {@code #}.
   *
   * @throws IllegalArgumentException when the file cannot be read
   */
  static List<HeaderSource> of(String value) {
    return Stream.of(value.split(EnvironmentDefaults.BETWEEN_LINES, -1))
        .flatMap(
            text ->
                text.startsWith("@")
                    ? fromFile(UserPath.expanded(text.substring(1))).stream()
                    : Stream.of(new HeaderSource("", text)))
        .toList();
  }

  /** Parses the text. The message of a failure names the place first. */
  <T> T parse(Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place + e.getMessage(), e);
    }
  }

  private static List<HeaderSource> fromFile(String name) {
    List<HeaderSource> lines = new ArrayList<>();
    int number = 0;
    for (String line : content(name).split("\r\n|\r|\n", -1)) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        lines.add(new HeaderSource(name + ", line " + number + ": ", line));
      }
    }
    if (lines.isEmpty()) {
      throw new IllegalArgumentException(name + " holds no header");
    }
    return lines;
  }

  private static String content(String name) {
    try (InputStream file = Files.newInputStream(new UserPath().convert(name))) {
      byte[] bytes = file.readNBytes(MAX_SIZE + 1);
      if (bytes.length > MAX_SIZE) {
        throw new IllegalArgumentException(name + " is larger than 1 MiB");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (TypeConversionException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (NoSuchFileException e) {
      // The name is not repeated: it may be a secret that begins with @.
      throw new IllegalArgumentException("there is no such file as the one after @", e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(name + " is not UTF-8 text", e);
    } catch (IOException e) {
      Path file = Path.of(name);
      throw new IllegalArgumentException(
          name + (Files.isDirectory(file) ? " is a folder" : " cannot be read"), e);
    }
  }
}
