package dev.bulkdl.cli;

import dev.bulkdl.settings.HostRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Options that a file gives: {@code option = value} by the long name, one on each line. Lines that
 * start with {@code #} are comments. Sections {@code [host "PATTERN"]} follow the options.
 *
 * @param path the file; empty if there is none
 * @param hosts the rules of the sections
 */
record ConfigFile(Optional<Path> path, List<Entry> entries, List<HostRule> hosts) {

  static final ConfigFile NONE = new ConfigFile(Optional.empty(), List.of(), List.of());

  private static final String OPTION = "--config";
  private static final String VARIABLE = "BULKDL_CONFIG";
  private static final int MAX_SIZE = 1 << 20;

  /**
   * A line of the file.
   *
   * @param option the long name of the option, with its two dashes
   */
  record Entry(int line, String option, String value) {}

  /** Reports that the file cannot be used. The message is for the user and repeats no value. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  ConfigFile {
    entries = List.copyOf(entries);
    hosts = List.copyOf(hosts);
  }

  /** Returns the file that is read if no option names another one. */
  static Optional<Path> usualPath(Map<String, String> environment) {
    String base = environment.getOrDefault("XDG_CONFIG_HOME", "");
    String home = environment.getOrDefault("HOME", "");
    if (base.startsWith("/")) {
      return Optional.of(Path.of(base, "bulkdl", "config"));
    }
    return home.isBlank() ? Optional.empty() : Optional.of(Path.of(home, ".config/bulkdl/config"));
  }

  /** Returns the file that {@code --config} or its variable names. */
  static Optional<Path> named(List<String> arguments, Map<String, String> environment)
      throws Refused {
    String name = environment.getOrDefault(VARIABLE, "");
    for (int i = 0; i < arguments.size() && !arguments.get(i).equals("--"); i++) {
      String argument = arguments.get(i);
      if (argument.equals(OPTION) && i + 1 < arguments.size()) {
        name = arguments.get(++i);
      } else if (argument.startsWith(OPTION + "=")) {
        name = argument.substring(OPTION.length() + 1);
      }
    }
    try {
      return name.isBlank() ? Optional.empty() : Optional.of(Path.of(UserPath.expanded(name)));
    } catch (InvalidPathException e) {
      throw new Refused("--config: this is no path; write for example ./bulkdl.conf");
    }
  }

  /**
   * Reads the file.
   *
   * @param mustExist whether a missing file is an error
   */
  static ConfigFile read(Path path, boolean mustExist) throws Refused {
    try (InputStream file = Files.newInputStream(path)) {
      byte[] bytes = file.readNBytes(MAX_SIZE + 1);
      if (bytes.length > MAX_SIZE) {
        throw new Refused(path + " is larger than 1 MiB");
      }
      return parse(path, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)));
    } catch (NoSuchFileException e) {
      if (mustExist) {
        throw new Refused("--config: there is no file " + path);
      }
      return NONE;
    } catch (CharacterCodingException e) {
      throw new Refused(path + " is not UTF-8 text");
    } catch (IOException e) {
      if (!mustExist && !Files.exists(path)) {
        return NONE; // the home folder is not this user's, or is no folder
      }
      throw new Refused(path + (Files.isDirectory(path) ? " is a folder" : " cannot be read"));
    }
  }

  private static ConfigFile parse(Path path, CharSequence text) throws Refused {
    List<Entry> entries = new ArrayList<>();
    HostSections sections = new HostSections(path);
    int number = 0;
    for (String raw : text.toString().replaceFirst("^\uFEFF", "").split("\r\n|\r|\n", -1)) {
      number++;
      String line = raw.strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          read(line, number, entries, sections);
        } catch (IllegalArgumentException e) {
          throw new Refused(place(path, number) + e.getMessage());
        }
      }
    }
    return new ConfigFile(Optional.of(path), entries, sections.rules());
  }

  private static void read(String line, int number, List<Entry> entries, HostSections sections) {
    if (line.startsWith("[")) {
      sections.begin(line, number);
    } else if (sections.hasBegun()) {
      Entry entry = entry(number, line, "connections = 5");
      sections.add(entry.option().substring(2), entry.value(), number);
    } else {
      entries.add(entry(number, line, "max-files = 8"));
    }
  }

  private static Entry entry(int number, String line, String example) {
    int equals = line.indexOf('=');
    String name = equals < 0 ? "" : line.substring(0, equals).strip();
    if (!name.matches("(--)?[A-Za-z][\\w-]*")) {
      throw new IllegalArgumentException("write option = value, for example " + example);
    }
    String option = name.startsWith("--") ? name : "--" + name;
    return new Entry(number, option, line.substring(equals + 1).strip());
  }

  boolean hasOnly(Collection<String> known) {
    return entries.stream().allMatch(entry -> isNamed(entry, known));
  }

  /** A file cannot name another one. */
  private static boolean isNamed(Entry entry, Collection<String> known) {
    return known.contains(entry.option()) && !entry.option().equals(OPTION);
  }

  /**
   * Checks that each line names an option.
   *
   * @param known the long names of all options
   */
  void check(Collection<String> known) throws Refused {
    for (Entry entry : entries) {
      if (!isNamed(entry, known)) {
        String meant =
            Suggestion.closest(entry.option(), known)
                .map(name -> "; did you mean " + name.substring(2) + "?")
                .orElse("; bulkdl config lists all");
        throw new Refused(
            place(path.orElseThrow(), entry.line())
                + "no option "
                + entry.option().substring(2)
                + meant);
      }
    }
  }

  /** Returns the lines that give this option a value. The last one counts, except for lists. */
  List<Entry> of(String option) {
    return entries.stream()
        .filter(entry -> entry.option().equals(option) && !entry.value().isEmpty())
        .toList();
  }

  /** Returns where an entry stands, such as {@code /etc/bulkdl:3}. */
  String place(Entry entry) {
    return path.orElseThrow() + ":" + entry.line();
  }

  private static String place(Path path, int line) {
    return path + ", line " + line + ": ";
  }
}
