package dev.bulkdl;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What users of the library see, as text. A change of it is seen in a review: {@code mvn test
 * -Dtest=PublicSurfaceTest -Dsurface.write=true} writes the page anew.
 */
class PublicSurfaceTest {

  private static final Path PAGE = Path.of("docs/public-surface.txt");
  private static final Set<String> PACKAGES =
      Set.of("dev.bulkdl", "dev.bulkdl.model", "dev.bulkdl.event");

  /** The classes of these packages alone: it takes seconds to read all. */
  private static final Pattern CLASSES =
      Pattern.compile(".*/dev/bulkdl/(model/|event/)?[^/]+\\.class");

  @Test
  void thePublicSurfaceChangesOnlyTogetherWithItsPage() throws IOException {
    List<String> surface = surface();
    if (Boolean.getBoolean("surface.write")) {
      Files.write(PAGE, surface);
    }
    assertThat(surface).isEqualTo(Files.readAllLines(PAGE));
  }

  @Test
  void itIsSmall() {
    assertThat(visible().map(JavaClass::getPackageName).filter("dev.bulkdl"::equals))
        .hasSizeLessThanOrEqualTo(35);
    assertThat(visible()).hasSizeLessThanOrEqualTo(90);
  }

  /** A user must never need a type of another package. */
  @Test
  void itNamesNoInternalType() {
    assertThat(visible().flatMap(PublicSurfaceTest::named))
        .filteredOn(type -> type.getPackageName().startsWith("dev.bulkdl"))
        .allMatch(type -> PACKAGES.contains(type.getPackageName()));
  }

  private static Stream<JavaClass> named(JavaClass type) {
    Stream<JavaClass> members =
        type.getMembers().stream()
            .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(member -> member.getAllInvolvedRawTypes().stream());
    Stream<JavaClass> thrown =
        type.getCodeUnits().stream()
            .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(unit -> unit.getExceptionTypes().stream());
    return Stream.concat(members, thrown);
  }

  private static Stream<JavaClass> visible() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> location.matches(CLASSES))
            .importPackages("dev.bulkdl")
            .stream()
            .filter(type -> PACKAGES.contains(type.getPackageName()))
            .filter(PublicSurfaceTest::isVisible);
  }

  private static List<String> surface() {
    return visible().flatMap(PublicSurfaceTest::lines).sorted().toList();
  }

  private static boolean isVisible(JavaClass type) {
    boolean isPublic = type.getModifiers().contains(JavaModifier.PUBLIC);
    return isPublic && type.getEnclosingClass().map(PublicSurfaceTest::isVisible).orElse(true);
  }

  private static Stream<String> lines(JavaClass type) {
    Stream<String> members =
        type.getMembers().stream()
            .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(member -> !member.getModifiers().contains(JavaModifier.SYNTHETIC))
            .map(JavaMember::getFullName);
    return Stream.concat(Stream.of(type.getName()), members);
  }
}
