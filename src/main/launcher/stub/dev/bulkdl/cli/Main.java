package dev.bulkdl.cli;

/** Stands for the real class while the launcher is compiled for Java 8. It is in no jar. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    throw new AssertionError("this class is in no jar");
  }
}
