package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.UnreachablePort;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever fails, no name of a Java class is in what the user reads. */
@DisabledOnOs(OS.WINDOWS)
class PlainMessagesTest {

  private static final Pattern CLASS_NAME = Pattern.compile("\\b[A-Za-z]+(Exception|Error)\\b");

  private final FaultServer server = FaultServer.http();
  private final FaultServer secure = FaultServer.https();
  private final UnreachablePort refusing = UnreachablePort.refusing();
  private final UnreachablePort deaf = UnreachablePort.deaf();
  @TempDir Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    server.serve("/a", new Payload(1, 5_000)).serve("/large", new Payload(2, 1 << 20));
    server.always("/500", new Fault.Status(500)).always("/403", new Fault.Status(403));
    server.always("/loop", new Fault.Redirect(302, "/loop"));
    server.always("/away", new Fault.Redirect(302, "ftp://example.org/x"));
    server.always("/cut", new Fault.CutAfter(100)).serve("/cut", new Payload(3, 5_000));
    server.always("/reset", new Fault.ResetAfter(100)).serve("/reset", new Payload(3, 5_000));
    server.always("/stall", new Fault.Stall(100)).serve("/stall", new Payload(3, 5_000));
    server.always("/raw", new Fault.Raw("NONSENSE\r\n\r\n"));
    server.always("/half", new Fault.Raw("HTTP/1.1 200 OK\r\nContent-Le"));
    server.always("/coded", new Fault.ContentEncoding("zebra")).serve("/coded", new Payload(4, 9));
    write("list.csv", "filename,url", "a.bin," + server.uri("/a"));
    write("empty.csv");
    write("nothing.csv", "filename,url");
    write("bad.csv", "filename,url,size", "../x,ftp://h/,-1", "a,,", "/b,http://h/b,x");
    write("quote.csv", "filename,url", "\"a,http://h/");
    Files.write(folder.resolve("utf16.csv"), "url\nhttp://h/".getBytes(StandardCharsets.UTF_16));
    Files.write(
        folder.resolve("cut.csv.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3});
    Files.write(folder.resolve("latin.csv"), new byte[] {'u', 'r', 'l', '\n', (byte) 0xe4});
    Files.createDirectories(folder.resolve("taken/a.bin/x"));
    Files.createDirectories(folder.resolve("blocked/.bulkdl/results.csv/x"));
    Files.createDirectories(folder.resolve("page/.bulkdl/report.html/x"));
    Files.createDirectories(folder.resolve("linked"));
    Files.createSymbolicLink(folder.resolve("linked/.bulkdl"), folder.resolve("taken"));
    Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
    Files.createDirectories(folder.resolve("there"));
    Files.writeString(folder.resolve("there/a.bin"), "mine");
  }

  @AfterEach
  void close() {
    server.close();
    secure.close();
    refusing.close();
    deaf.close();
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), List.of(lines));
  }

  private InProcess.Ended line(String line) {
    List<String> words = new ArrayList<>();
    for (String word : line.split(" ", -1)) {
      words.add(
          word.replace("F/", folder + "/")
              .replace("HTTP/", server.uri("/").toString())
              .replace("TLS/", secure.uri("/").toString())
              .replace("REFUSING/", refusing.uri("/").toString())
              .replace("SILENT/", deaf.uri("/").toString())
              .replace("PORT", Integer.toString(URI.create(server.origin()).getPort())));
    }
    return InProcess.run(Map.of(), words);
  }

  /** The files that a run leaves for people are read too. */
  private String everything(InProcess.Ended ended) throws IOException {
    StringBuilder all = new StringBuilder(ended.out() + ended.err());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.toString().matches(".*(results|failed)\\.csv|.*report\\.json|.*run\\.log")) {
          all.append(Files.readString(file));
        }
      }
    }
    return all.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "F/gone.csv",
        "F/taken",
        "F/empty.csv",
        "F/nothing.csv",
        "F/bad.csv",
        "F/bad.csv --skip-bad-rows -d F/out",
        "F/quote.csv",
        "F/utf16.csv",
        "F/latin.csv",
        "F/cut.csv.gz",
        "F/loop",
        "/dev/null",
        "HTTP/a",
        "-",
        "F/list.csv -j x",
        "F/list.csv --nonsense",
        "F/list.csv --cacert F/gone",
        "F/list.csv --cacert F/list.csv",
        "F/list.csv --header nonsense",
        "F/list.csv --header @F/gone",
        "F/list.csv --http-proxy ::",
        "F/list.csv --probe-url ::",
        "F/list.csv --on-file F/gone",
        "F/list.csv --on-complete F/list.csv",
        "F/list.csv --config F/gone",
        "F/list.csv --config F/list.csv",
        "F/list.csv -d /dev/full",
        "F/list.csv -d /proc/x",
        "F/list.csv -d F/list.csv",
        "F/list.csv -d F/list.csv/x",
        "F/list.csv -d F/loop",
        "F/list.csv -d F/loop/x",
        "F/list.csv -d F/linked",
        "F/list.csv -d F/taken",
        "F/list.csv -d F/blocked",
        "F/list.csv -d F/page",
        "F/list.csv -d F/there",
        "F/list.csv -d F/out --temp-dir /proc/x",
        "F/list.csv -d F/out --temp-dir F/list.csv",
        "F/list.csv -d F/out --log-file /proc/x/log",
        "F/list.csv -d F/out --log-file F/taken",
        "F/list.csv -d F/out --log-file /dev/full",
        "F/list.csv -d F/out --metrics-port PORT",
        "F/list.csv -d F/out --http-proxy REFUSING/",
        "F/list.csv -d F/out --max-file-size 1",
        "F/list.csv -d /proc/self/fd",
        "get nonsense -d F/out",
        "get ftp://h/x -d F/out",
        "get HTTP/ -d F/out",
        "get HTTP/a -o ../x -d F/out",
        "get HTTP/gone -d F/out",
        "get HTTP/403 -d F/out",
        "get HTTP/500 -d F/out",
        "get HTTP/loop -d F/out",
        "get HTTP/away -d F/out",
        "get HTTP/cut -d F/out",
        "get HTTP/reset -d F/out",
        "get HTTP/stall -d F/out",
        "get HTTP/raw -d F/out",
        "get HTTP/half -d F/out",
        "get TLS/a -d F/out",
        "get TLS/a -d F/out --cacert /dev/null",
        "get https://127.0.0.1:PORT/a -d F/out",
        "get http://no-such-host.invalid/a -d F/out",
        "get REFUSING/a -d F/out",
        "get SILENT/a -d F/out",
        "get http://127.0.0.1:1/a -d F/out",
        "plan F/gone.csv",
        "plan F/bad.csv",
        "plan F/list.csv -d F/list.csv/x",
        "verify F/gone.csv",
        "verify F/list.csv -d F/gone",
        "verify F/list.csv -d F/list.csv",
        "verify F/list.csv -d F/taken",
        "verify F/list.csv -d F/loop",
        "bench F/gone.csv",
        "bench F/list.csv -d /proc/x --connections 1 --warmup 0s --duration 10ms",
        "bench F/list.csv -d F/list.csv --connections 1 --warmup 0s --duration 10ms",
        "demo -d /dev/full",
        "demo -d F/list.csv",
        "config --config F/gone",
        "help nonsense",
        "nonsense F/list.csv",
      })
  void noFailureIsToldByTheNameOfAClass(String line) throws IOException {
    boolean network = line.startsWith("get ") || line.contains("http-proxy REFUSING");
    InProcess.Ended ended =
        line(
            network
                ? line
                    + " --retries 0 --connect-timeout 300ms --response-timeout 1s --idle-timeout 300ms"
                : line);
    assertThat(ended.exit()).as(ended.out() + ended.err()).isNotZero();
    assertThat(ended.out() + ended.err()).isNotBlank().doesNotContain("this is a bug");
    assertThat(CLASS_NAME.matcher(everything(ended)).results().map(found -> found.group()))
        .as(everything(ended))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "F/list.csv -d /dev/full, '/dev/full is a device, not a folder; choose a folder with -d'",
    "F/list.csv -d F/list.csv, 'list.csv is a file, not a folder; choose a folder with -d'",
    "F/list.csv -d F/out --temp-dir F/list.csv, 'list.csv is a file, not a folder; choose a folder with --temp-dir'",
    "F/list.csv -d /proc/x, 'cannot create the folder /proc/x: the file system does not allow it'",
  })
  void aFolderThatCannotBeUsedIsExplained(String line, String message) {
    InProcess.Ended ended = line(line);
    assertThat(ended.exit()).isEqualTo(4);
    assertThat(ended.err()).contains(message).hasLineCount(1);
  }

  @Test
  void aFolderInUseIsToldWithTheWayOut() throws IOException {
    Path lock = folder.resolve("out/.bulkdl/lock");
    Files.createDirectories(lock.getParent());
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      InProcess.Ended ended = line("F/list.csv -d F/out");
      assertThat(ended.exit()).isEqualTo(4);
      assertThat(ended.err()).contains("is in use by another run", "choose another folder with -d");
      assertThat(CLASS_NAME.matcher(ended.err()).find()).isFalse();
    }
  }
}
