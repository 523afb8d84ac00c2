package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * JVM options for a process of the jar that lives for a second or two: a quick compiler, a
 * collector with few threads, and an archive of the classes that a run loads. The archive halves
 * the processor time of a small run. It is made beside the jar at the first use, from a run of the
 * demo.
 */
public final class QuickStart {
  private static final List<String> USUAL = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final List<String> options;

  private QuickStart(Path jar) throws IOException {
    boolean isNew = Runtime.version().feature() >= 25;
    Path archive =
        jar.resolveSibling("test-classes-" + Runtime.version() + (isNew ? ".aot" : ".jsa"));
    if (!isCurrent(archive, jar)) {
      make(isNew ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=", archive, jar);
    }
    List<String> using =
        isNew
            ? List.of("-XX:AOTCache=" + archive, "-Xlog:aot*=off")
            : List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off");
    options = Stream.concat(USUAL.stream(), using.stream()).toList();
  }

  /** Makes the archive first if there is none for the jar as it is now. */
  public static List<String> options() {
    return Holder.INSTANCE.options;
  }

  private static boolean isCurrent(Path archive, Path jar) throws IOException {
    return Files.exists(archive)
        && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0;
  }

  /** Under another name first: a build that is killed leaves nothing that looks whole. */
  private static void make(String option, Path archive, Path jar) throws IOException {
    Path folder = Files.createTempDirectory("bulkdl-quick-start");
    Path made = archive.resolveSibling(archive.getFileName() + "." + ProcessHandle.current().pid());
    JarRun demo = JarRun.of("demo", "-d", folder).jvm("-XX:+UseSerialGC", "-Xlog:disable");
    BulkdlProcess.Result result = demo.jvm(option + made).run();
    Folders.delete(folder);
    if (result.exit() != 0 || !Files.exists(made)) {
      throw new AssertionError("no archive of classes\n" + result.out() + result.err());
    }
    Files.deleteIfExists(made.resolveSibling(made.getFileName() + ".config"));
    Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
  }

  private static final class Holder {
    private static final QuickStart INSTANCE = make();

    private static QuickStart make() {
      try {
        return new QuickStart(JarRun.jar());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
