package dev.bulkdl.launcher;

import dev.bulkdl.cli.Main;

/**
 * Starts the program, or says which Java it needs. It is compiled for Java 8, so that an older Java
 * can load it.
 */
public final class Launcher {

  private static final int NEEDED = 21;
  private static final int USAGE = 2;

  private Launcher() {}

  public static void main(String[] arguments) {
    int found = major(System.getProperty("java.specification.version", "0"));
    if (found < NEEDED) {
      System.err.println(
          "bulkdl needs Java " + NEEDED + " or newer; this is " + found
              + " (" + System.getProperty("java.home") + ")");
      System.exit(USAGE);
    }
    Main.main(arguments);
  }

  /** Returns 8 for "1.8" and 17 for "17". */
  private static int major(String version) {
    String number = version.startsWith("1.") ? version.substring(2) : version;
    try {
      return Integer.parseInt(number.split("\\.")[0]);
    } catch (NumberFormatException e) {
      return NEEDED; // not a known form: the JVM itself says what it cannot load
    }
  }
}
