package dev.bulkdl.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** A test that a document names, such as {@code `VersionTest.aWeakEtagIsNeitherSentNorAProof`}. */
record NamedTest(String type, String method) {
  private static final Path SOURCES = Path.of("src/test/java");

  /** By what the build runs: classes of these endings. */
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT|Properties))\\.(\\w+)`");

  /** All that a text names, in order. */
  static List<NamedTest> in(String text) {
    return NAMED.matcher(text).results().map(NamedTest::of).toList();
  }

  private static NamedTest of(MatchResult found) {
    return new NamedTest(found.group(1), found.group(2));
  }

  /** Whether there is such a method, and the build runs it as a test. */
  boolean isRun() {
    return classes().anyMatch(this::isRunIn);
  }

  private boolean isRunIn(Class<?> found) {
    return !found.isAnnotationPresent(Disabled.class)
        && methods(found).anyMatch(each -> each.getName().equals(method) && isTest(each));
  }

  private static boolean isTest(Method method) {
    return AnnotationSupport.isAnnotated(method, Testable.class)
        && !method.isAnnotationPresent(Disabled.class);
  }

  private static Stream<Method> methods(Class<?> type) {
    return Stream.<Class<?>>iterate(type, each -> each != null, Class::getSuperclass)
        .flatMap(each -> Arrays.stream(each.getDeclaredMethods()));
  }

  private Stream<Class<?>> classes() {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.getFileName().toString().equals(type + ".java"))
          .<Class<?>>map(NamedTest::load)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> load(Path source) {
    String name = SOURCES.relativize(source).toString().replaceFirst("\\.java$", "");
    try {
      return Class.forName(name.replace('/', '.'), false, NamedTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
