package dev.bulkdl.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Processes that others have started: the system tells nobody but their parents of their end. */
public final class Processes {

  private Processes() {}

  /** The process and all that it has started, the process first. */
  static List<ProcessHandle> treeOf(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(top -> Stream.concat(Stream.of(top), top.descendants()))
        .toList();
  }

  /** Kills them, each before those that it has started, and waits until they are gone. */
  static void end(List<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> awaitEnd(process.pid()));
  }

  /** Waits until it has ended; one that nobody has asked how it ended has ended all the same. */
  public static void awaitEnd(long pid) {
    Polling.await("that process " + pid + " runs", () -> isRunning(pid), runs -> !runs);
  }

  private static boolean isRunning(long pid) {
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
    try {
      return !Files.readString(Path.of("/proc", Long.toString(pid), "status"))
          .contains("State:\tZ");
    } catch (IOException e) {
      return false; // it went before this was read, or meanwhile
    }
  }
}
