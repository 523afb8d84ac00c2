package dev.bulkdl.testkit;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * Starts the classes that take longest first, so that none of them is left alone at the end of a
 * build. {@code junit-platform.properties} names this class. A class that is not listed comes
 * later.
 */
public final class LongestFirst implements ClassOrderer {
  private static final List<String> LONGEST =
      List.of(
          "UsageIT",
          "DistIT",
          "ResumeIT",
          "FreshRunIT",
          "ThreadsIT",
          "KillLoopIT",
          "LocaleIT",
          "HostileTextIT",
          "BenchIT",
          "BoardIT",
          "KilledDaemonTest",
          "ConnectionControllerTest",
          "WireFaultTest",
          "RangeFaultTest",
          "PreallocationIT",
          "GetIT",
          "CredentialScopeIT",
          "ServeIT",
          "RunAgainIT",
          "ScaleIT",
          "DiskIT",
          "SecurityIT",
          "PatienceTest",
          "SharingTest",
          "DiskTortureTest",
          "PowerLossTest",
          "HookIT",
          "SurplusBytesTest",
          "RowBatchesTest");

  @Override
  public void orderClasses(ClassOrdererContext context) {
    context.getClassDescriptors().sort(Comparator.comparingInt(LongestFirst::place));
  }

  private static int place(ClassDescriptor type) {
    int index = LONGEST.indexOf(type.getTestClass().getSimpleName());
    return index < 0 ? LONGEST.size() : index;
  }
}
