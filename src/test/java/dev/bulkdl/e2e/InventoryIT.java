package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Payload;
import gov.loc.repository.bagit.domain.Bag;
import gov.loc.repository.bagit.reader.BagReader;
import gov.loc.repository.bagit.verify.BagVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The memory of a folder: what runs note, what it is exported to, and what other tools say. */
class InventoryIT extends EndToEnd {

  private static final List<String> NAMES =
      List.of("plain.bin", "dir/with space.bin", "100%.bin", "ümlaut.bin", "=cmd.bin");

  private Path out() {
    return folder.resolve("files");
  }

  /** Downloads one file for each name. */
  private List<Payload> downloadAll(String... options) {
    List<Payload> payloads = serveSmall(NAMES.size());
    StringBuilder list = new StringBuilder("filename,url\n");
    for (int i = 0; i < NAMES.size(); i++) {
      list.append(NAMES.get(i)).append(',').append(server.uri("/" + i)).append('\n');
    }
    Path manifest = manifest("files.csv", list.toString().lines().toList());
    Object[] arguments = new Object[options.length + 1];
    arguments[0] = manifest;
    System.arraycopy(options, 0, arguments, 1, options.length);
    assertThat(run(arguments).exit()).isZero();
    return payloads;
  }

  private static int shell(Path in, String command) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", command)
            .directory(in.toFile())
            .redirectErrorStream(true)
            .start();
    process.getInputStream().transferTo(System.out);
    return process.waitFor();
  }

  @Test
  void csvHoldsEveryFileWithItsStateAlsoAfterAnotherRun() throws IOException {
    downloadAll();
    manifest("more.csv", "filename,url", "more.bin," + server.uri("/0"));
    assertThat(run("more.csv", "-d", "files").exit()).isZero();
    Files.delete(out().resolve("plain.bin"));
    Files.writeString(out().resolve("100%.bin"), "x");
    Result printed = run("inventory", "files");
    assertThat(printed.exit()).isZero();
    List<String> lines = printed.out().lines().toList();
    assertThat(lines.getFirst()).startsWith("name,state,size,");
    assertThat(lines)
        .hasSize(NAMES.size() + 2)
        .anyMatch(line -> line.startsWith("plain.bin,gone,"))
        .anyMatch(line -> line.startsWith("100%.bin,changed,"))
        .anyMatch(line -> line.startsWith("dir/with space.bin,there,"))
        .anyMatch(line -> line.startsWith("more.bin,there,"))
        .anyMatch(line -> line.startsWith("'=cmd.bin,there,"));
  }

  @Test
  void jsonLinesHoldTheExactName() {
    downloadAll("--hash", "sha256");
    Result printed = run("inventory", "files", "--to", "jsonl");
    assertThat(printed.out().lines())
        .hasSize(NAMES.size())
        .anyMatch(line -> line.contains("\"name\":\"=cmd.bin\"") && line.contains("\"sha256\":\""));
  }

  @Test
  void theOwnersDateIsNoChangeOfContent() throws Exception {
    downloadAll();
    assertThat(shell(out(), "touch -d 2001-02-03 plain.bin")).isZero();
    assertThat(run("inventory", "files").out().lines())
        .anyMatch(line -> line.startsWith("plain.bin,there,"));
  }

  @Test
  void sha256sumAcceptsTheExportAlsoAfterAMove() throws Exception {
    downloadAll("--hash=sha256");
    Path moved = Files.move(out(), folder.resolve("moved"));
    Result written = run("inventory", "moved", "--to", "sha256sums", "-o", "moved/SHA256SUMS");
    assertThat(written.exit()).isZero();
    assertThat(Files.readAllLines(moved.resolve("SHA256SUMS"))).hasSize(NAMES.size());
    assertThat(shell(moved, "sha256sum --strict -c SHA256SUMS")).isZero();
  }

  @Test
  void aFileWithoutAHashIsNamedAndNotLeftOutInSilence() {
    downloadAll();
    Result printed = run("inventory", "files", "--to", "sha256sums");
    assertThat(printed.exit()).isEqualTo(1);
    assertThat(printed.out()).isEmpty();
    assertThat(printed.err()).contains("5 without a sha256", "--hash sha256");
  }

  @Test
  void aBagIsCompleteAndValidAndTheFolderIsUntouched() throws Exception {
    downloadAll();
    Map<Path, Object> before = attributes();
    Result made = run("inventory", "files", "--to", "bagit", "-o", "bag");
    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(attributes()).isEqualTo(before);
    Path bag = folder.resolve("bag");
    verify(bag);
    assertThat(Files.isSameFile(bag.resolve("data/plain.bin"), out().resolve("plain.bin")))
        .isTrue();
    assertThat(shell(bag, "sha256sum --strict -c manifest-sha256.txt")).isZero();
  }

  @Test
  void aBagOfCopiesSharesNothing() throws Exception {
    downloadAll();
    assertThat(run("inventory", "files", "--to=bagit", "-o=bag", "--copy").exit()).isZero();
    Path bag = folder.resolve("bag");
    verify(bag);
    assertThat(Files.isSameFile(bag.resolve("data/plain.bin"), out().resolve("plain.bin")))
        .isFalse();
  }

  @Test
  void whatIsGoneOrChangedIsNotBaggedAndIsTold() throws Exception {
    downloadAll();
    Files.delete(out().resolve("plain.bin"));
    Files.writeString(out().resolve("100%.bin"), "x");
    Result made = run("inventory", "files", "--to", "bagit", "-o", "bag");
    assertThat(made.exit()).isEqualTo(1);
    assertThat(made.err()).contains("1 gone", "1 changed");
    verify(folder.resolve("bag"));
  }

  @Test
  void aBagIsNeverMadeOverSomethingOrInsideTheFolder() throws IOException {
    downloadAll();
    Files.createDirectory(folder.resolve("full"));
    Files.createFile(folder.resolve("full/x"));
    Result full = run("inventory", "files", "--to", "bagit", "-o", "full");
    assertThat(full.exit()).isEqualTo(2);
    assertThat(full.err()).contains("not empty");
    Result inside = run("inventory", "files", "--to", "bagit", "-o", "files/bag");
    assertThat(inside.exit()).isEqualTo(2);
    assertThat(inside.err()).contains("inside");
    assertThat(out().resolve("bag")).doesNotExist();
  }

  @Test
  void aFolderWithoutAnInventoryIsNamed() throws IOException {
    Files.createDirectory(out());
    Result printed = run("inventory", "files");
    assertThat(printed.exit()).isEqualTo(2);
    assertThat(printed.err()).contains("files has no inventory");
    Result wrong = run("inventory", "files", "--to", "xml");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("csv, jsonl, sha256sums, bagit");
  }

  @Test
  void anotherDocumentOfTheSameNameAndLengthIsAConflict() throws IOException {
    Payload one = new Payload(1, 5000);
    Payload two = new Payload(2, 5000);
    server.serve("/one", one).serve("/two", two);
    manifest("one.csv", "filename,url", "dl," + server.uri("/one"));
    manifest("two.csv", "filename,url", "dl," + server.uri("/two"));
    assertThat(run("one.csv", "-d", "files").exit()).isZero();
    Result second = run("two.csv", "-d", "files");
    assertThat(second.exit()).isEqualTo(1);
    assertThat(second.out() + second.err()).contains("another URL");
    assertThat(one.matches(out().resolve("dl"))).isTrue();
    assertThat(run("two.csv", "-d", "files", "--overwrite").exit()).isZero();
    assertThat(two.matches(out().resolve("dl"))).isTrue();
  }

  @Test
  void aChangedFileIsFetchedAgainAndOthersCostNothing() {
    List<Payload> payloads = downloadAll();
    Payload newer = new Payload(77, payloads.getFirst().size());
    server.serve("/0", newer);
    server.always("/1", request -> request.isGet(), new Fault.Status(500));
    assertThat(run("files.csv", "--if-modified").exit()).isZero();
    assertThat(newer.matches(out().resolve(NAMES.getFirst()))).isTrue();
    assertThat(payloads.get(1).matches(out().resolve(NAMES.get(1)))).isTrue();
  }

  private Map<Path, Object> attributes() throws IOException {
    try (var files = Files.walk(out())) {
      Map<Path, Object> all = new TreeMap<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.put(file, Files.getLastModifiedTime(file) + " " + Files.size(file));
      }
      return all;
    }
  }

  /** Checks as the Library of Congress's own library does. */
  private static void verify(Path bag) throws Exception {
    Bag read = new BagReader().read(bag);
    try (BagVerifier verifier = new BagVerifier()) {
      verifier.isValid(read, false);
    }
  }
}
