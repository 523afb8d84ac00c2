package dev.bulkdl.peers;

import dev.bulkdl.testkit.Payload;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** One client meets one fault, in a folder of its own. */
final class Attempt {
  private static final long BOUND_SECONDS = 120;
  private static final long DISK_FULL = 256L << 20;
  private static final long SETTLE_MILLIS = 1000;

  private final Contender contender;
  private final FaultCase fault;
  private final Path home;
  private final Path out;

  /**
   * @param home empty
   */
  Attempt(Contender contender, FaultCase fault, Path home) throws IOException {
    this.contender = contender;
    this.fault = fault;
    this.home = home;
    out = Files.createDirectories(home.resolve("out"));
  }

  /** What came of it. What the client said is in {@code home/said}. */
  Verdict run() throws IOException, InterruptedException {
    try (Scene scene = fault.scene().get()) {
      Errand errand = new Errand(scene.base(), fault.names(), fault.size(), out, home);
      if (fault.resumed()) {
        interrupt(start(errand), scene);
        scene.goOn();
      }
      Process process = start(errand);
      boolean ended = await(process, () -> !process.isAlive(), BOUND_SECONDS);
      kill(process);
      return ended ? judge(process.exitValue()) : Verdict.ENDLESS;
    }
  }

  private Process start(Errand errand) throws IOException {
    // A shell's job in the background ignores SIGINT, and hands that down.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(contender.command().apply(errand));
    Path said = home.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()));
    Map<String, String> environment = builder.environment();
    environment
        .keySet()
        .removeIf(
            name -> name.startsWith("BULKDL_") || name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
    if (!contender.isBulkdl()) {
      environment.put("HOME", home.toString());
    }
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  /** SIGINT in mid-file, as by a user: so that each can keep what it wants to keep. */
  private void interrupt(Process process, Scene scene) throws InterruptedException, IOException {
    await(process, () -> scene.served() >= 512 << 10, 20);
    // What the socket holds comes to the disk meanwhile.
    process.waitFor(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      kill(process);
    }
  }

  /** Whether the condition came to hold in time, with the process alive and the disk not full. */
  private boolean await(Process process, BooleanSupplier condition, long seconds)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || size(out.toFile()) > DISK_FULL) {
        return false;
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    return true;
  }

  private static void kill(Process process) throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  /** Of the files that are there at the moment, with those of its folders. */
  private static long size(File folder) {
    long size = 0;
    for (File file : Optional.ofNullable(folder.listFiles()).orElse(new File[0])) {
      size += file.isDirectory() ? size(file) : file.length();
    }
    return size;
  }

  /**
   * Exit 0 says that every file is right. For bulkdl a file under its final name says the same,
   * whatever the exit code.
   */
  private Verdict judge(int exit) throws IOException {
    boolean right = fault.hasContent();
    boolean wrong = false;
    for (String name : fault.names()) {
      boolean there = Files.exists(out.resolve(name));
      boolean good = there && isRight(name);
      right &= good;
      wrong |= there && !good;
    }
    if (exit == 0) {
      return right ? Verdict.RIGHT : wrong ? Verdict.WRONG : Verdict.MISSING;
    }
    return contender.isBulkdl() && wrong ? Verdict.WRONG : Verdict.ERROR;
  }

  private boolean isRight(String name) throws IOException {
    Payload wanted = fault.right().get(name);
    Path file = out.resolve(name);
    return wanted != null && (wanted.matches(file) || (fault.encoded() && isGzipOf(wanted, file)));
  }

  private static boolean isGzipOf(Payload wanted, Path file) throws IOException {
    Path plain = Files.createTempFile("plain", "");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      try (var to = Files.newOutputStream(plain)) {
        in.transferTo(to);
      }
      return wanted.matches(plain);
    } catch (ZipException | java.io.EOFException e) {
      return false;
    } finally {
      Files.delete(plain);
    }
  }
}
