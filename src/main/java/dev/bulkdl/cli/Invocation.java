package dev.bulkdl.cli;

/** How the program was started. */
final class Invocation {

  /** In the environment, the command with which a launcher was called. */
  static final String VARIABLE = "BULKDL_CALLED_AS";

  private Invocation() {}
}
