package dev.bulkdl.engine;

import java.util.Optional;

/** The version of this program. */
public final class ProgramVersion {

  private ProgramVersion() {}

  /** Returns the version from the jar's manifest, or {@code dev} outside a jar. */
  public static String text() {
    return Optional.ofNullable(ProgramVersion.class.getPackage().getImplementationVersion())
        .orElse("dev");
  }
}
