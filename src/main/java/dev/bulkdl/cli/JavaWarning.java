package dev.bulkdl.cli;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Warns about a Java with a known fault that can damage data. */
final class JavaWarning {

  /** JDK-8377811: G1 may move an array that native code has pinned. */
  private static final Runtime.Version FIXED = Runtime.Version.parse("25.0.3");

  private JavaWarning() {}

  /** Returns the warning for this JVM, if there is one. */
  static Optional<String> current() {
    return of(Runtime.version(), JavaWarning::hasG1);
  }

  /**
   * Returns the warning for a version.
   *
   * @param hasG1 asked only for an affected version, because the answer loads many classes
   */
  static Optional<String> of(Runtime.Version version, BooleanSupplier hasG1) {
    boolean isAffected =
        version.feature() == FIXED.feature() && version.compareToIgnoreOptional(FIXED) < 0;
    return isAffected && hasG1.getAsBoolean()
        ? Optional.of(
            "Java "
                + version
                + " with the collector G1 can damage data (JDK-8377811); use 25.0.3 or newer, or"
                + " add -XX:+UseSerialGC after java")
        : Optional.empty();
  }

  private static boolean hasG1() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .map(GarbageCollectorMXBean::getName)
        .anyMatch(name -> name.startsWith("G1"));
  }
}
