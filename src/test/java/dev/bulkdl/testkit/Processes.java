package dev.bulkdl.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Processes that other processes started. The system notifies only the parents of their end. */
public final class Processes {

  private Processes() {}

  /** Returns the process and all its descendants, the process first. */
  static List<ProcessHandle> treeOf(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(top -> Stream.concat(Stream.of(top), top.descendants()))
        .toList();
  }

  /** Kills the processes, each before its descendants, and waits until they have ended. */
  static void end(List<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> awaitEnd(process.pid()));
  }

  /** Waits until the process has ended. A zombie process has ended too. */
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
      return false; // the process ended before or during this read
    }
  }
}
