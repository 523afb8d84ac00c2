package dev.bulkdl;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.security.MessageDigest;
import java.text.Format;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The allowed dependencies between packages, and calls that no class makes. */
class ArchitectureTest {

  private static final String ROOT = "dev.bulkdl";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static final Class<?>[] HOLDERS = {
    Format.class, MessageDigest.class, Random.class, StringBuilder.class, Thread.class
  };

  private static String in(String folder) {
    return folder.equals("(root)") ? ROOT : ROOT + "." + folder;
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
  }

  /** The table of allowed dependencies. Discuss a new entry before you add it. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ':',
      textBlock =
          """
          text     :
          time     :
          rate     : text time model settings
          settings : text model
          content  : model
          log      :
          model    : text time
          control  : model time rate settings
          event    : model
          manifest : text model
          disk     : settings text content log model
          http     : settings text content log model control
          inventory: text model event
          transfer : settings text content time rate model control event disk http inventory
          run      : model time control event transfer
          plan     : settings text model control event manifest disk http inventory transfer
          report   : text model time event manifest inventory
          engine   : settings text model time rate control event manifest disk http inventory transfer run report
          (root)   : settings model control event report engine run transfer
          metrics  : text model event
          hook     : text model event report
          page     : text model time event report
          board    : text model log time control event report
          demo     : model
          bench    : settings text model control event manifest report engine
          app      : settings run text model time control event manifest disk inventory transfer plan report engine page demo bench metrics hook log (root)
          serve.store :
          serve.user : text disk serve.store
          serve.web : text model settings serve.store serve.user serve.job
          serve : engine settings disk serve.store serve.user serve.job serve.web serve.client
          serve.client : text
          serve.job : settings text model time rate control event manifest disk plan report page engine serve.store serve.user
          cli      : settings time text rate app log model control event manifest http report engine board hook bench serve serve.web serve.client
          """)
  void aPackageKnowsOnlyThese(String folder, String others) {
    String[] allowed =
        Stream.concat(
                Stream.of(in(folder)),
                Arrays.stream(String.valueOf(others).split(" "))
                    .filter(other -> !other.equals("null"))
                    .map(ArchitectureTest::in))
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(in(folder))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed).or(DescribedPredicate.not(resideInAPackage(ROOT + ".."))))
        .check(MAIN);
  }

  @Test
  void thereIsNoPackageThatTheTableDoesNotName() {
    assertThat(MAIN)
        .extracting(type -> type.getPackageName().replace(ROOT, "").replaceFirst("^\\.", ""))
        .containsOnly(
            "",
            "text",
            "content",
            "engine",
            "model",
            "time",
            "rate",
            "settings",
            "control",
            "event",
            "manifest",
            "disk",
            "http",
            "transfer",
            "run",
            "plan",
            "report",
            "page",
            "board",
            "demo",
            "bench",
            "inventory",
            "metrics",
            "hook",
            "log",
            "app",
            "serve.store",
            "serve.user",
            "serve.web",
            "serve",
            "serve.client",
            "serve.job",
            "cli");
  }

  @Test
  void onlyHttpKnowsJettysClient() {
    onlyIn("org.eclipse.jetty.client..", in("http")).check(MAIN);
  }

  @Test
  void onlyTheDemoAndTheDaemonKnowJettysServer() {
    onlyIn("org.eclipse.jetty.server..", in("demo"), in("serve.web")).check(MAIN);
    onlyIn("org.eclipse.jetty..", in("http"), in("demo"), in("serve.web")).check(MAIN);
  }

  @Test
  void eachLibraryIsKnownInOnePlace() {
    onlyIn("picocli..", in("cli")).check(MAIN);
    onlyIn("tools.jackson..", in("manifest"), in("report"), in("serve") + "..").check(MAIN);
    onlyIn("com.password4j..", in("serve.user")).check(MAIN);
    onlyIn("org.jline..", in("board"), in("cli")).check(MAIN);
    onlyIn("io.micrometer..", in("metrics")).check(MAIN);
    onlyIn("org.slf4j..", in("log")).check(MAIN);
    onlyIn("org.sqlite..", in("serve.store")).check(MAIN);
    onlyIn("org.HdrHistogram..", in("report"), in("page")).check(MAIN);
  }

  private static ArchRule onlyIn(String library, String... packages) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .allowEmptyShould(true);
  }

  /** Several runs share one process. The folder locks of this process are the only exception. */
  @Test
  void nothingStaticChanges() {
    fields()
        .that()
        .areStatic()
        .and(describe("are not HELD_HERE", field -> !isHeldHere(field)))
        .should()
        .beFinal()
        .andShould(be(describe("of a type that cannot change", ArchitectureTest::isImmutable)))
        .check(MAIN);
    assertThat(MAIN.get(in("disk") + ".FolderLock").getField("HELD_HERE").getModifiers())
        .contains(JavaModifier.PRIVATE, JavaModifier.STATIC, JavaModifier.FINAL);
  }

  private static boolean isHeldHere(JavaField field) {
    return field.getFullName().equals(in("disk") + ".FolderLock.HELD_HERE");
  }

  /** Judges by the type: constant collections have interface types and are made by {@code of}. */
  private static boolean isImmutable(JavaField field) {
    JavaClass type = field.getRawType();
    boolean concurrent = type.getPackageName().startsWith("java.util.concurrent");
    boolean holder = Stream.of(HOLDERS).anyMatch(type::isAssignableTo);
    boolean collection = type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
    return !concurrent && !holder && !(collection && !type.isInterface());
  }

  @Test
  void onlyTheSleeperSleeps() {
    assertThat(callersOf(Thread.class, "sleep")).containsExactly(in("time") + ".Sleeper");
  }

  /**
   * An interrupt inside a file channel closes the channel for all threads. RetryWaits interrupts
   * only threads that are inside its own wait.
   */
  @Test
  void onlyACancellationInterruptsOthers() {
    List<String> interrupters =
        List.of(in("control") + ".Cancellation", in("control") + ".RetryWaits");
    assertThat(callersOf(Thread.class, "interrupt"))
        .containsAll(interrupters)
        .isSubsetOf(Stream.concat(interrupters.stream(), restorersOfTheFlag().stream()).toList());
  }

  /**
   * Returns the classes that call {@code Thread.currentThread().interrupt()} only where they caught
   * the interrupt.
   */
  private static Set<String> restorersOfTheFlag() {
    Set<String> own = callersOf(Thread.class, "currentThread");
    return MAIN.stream()
        .filter(type -> own.contains(type.getName()))
        .filter(
            type ->
                type.getCodeUnits().stream()
                    .filter(unit -> calls(unit.getAccessesFromSelf(), "interrupt"))
                    .allMatch(
                        unit ->
                            calls(unit.getAccessesFromSelf(), "currentThread")
                                && unit.getTryCatchBlocks().stream()
                                    .anyMatch(
                                        block ->
                                            block.getCaughtThrowables().stream()
                                                .anyMatch(
                                                    thrown ->
                                                        thrown.isEquivalentTo(
                                                            InterruptedException.class)))))
        .map(JavaClass::getName)
        .collect(Collectors.toSet());
  }

  private static boolean calls(Collection<? extends JavaAccess<?>> accesses, String method) {
    return accesses.stream()
        .anyMatch(
            access ->
                access.getTargetOwner().isEquivalentTo(Thread.class)
                    && access.getTarget().getName().equals(method));
  }

  @Test
  void onlyTheCommandLineEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(in("cli") + ".Main")
        .and()
        .doNotHaveFullyQualifiedName(in("cli") + ".Signals")
        .and()
        .doNotHaveFullyQualifiedName(in("cli") + ".ServeCommand")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(MAIN);
  }

  @Test
  void onlyTheCommandLinePrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage(in("cli"))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(MAIN);
  }

  private static Set<String> callersOf(Class<?> owner, String method) {
    return MAIN.stream()
        .filter(
            type ->
                Stream.concat(
                        type.getMethodCallsFromSelf().stream().map(call -> call.getTarget()),
                        type.getMethodReferencesFromSelf().stream().map(call -> call.getTarget()))
                    .anyMatch(target -> isMethod(target, owner, method)))
        .map(JavaClass::getName)
        .collect(Collectors.toSet());
  }

  private static boolean isMethod(AccessTarget target, Class<?> owner, String method) {
    return target.getOwner().isEquivalentTo(owner) && target.getName().equals(method);
  }
}
