package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order in which the server sees the rows. */
class OrderIT extends EndToEnd {

  private static final Map<String, Integer> SIZES =
      Map.of("c", 500, "a", 3000, "e", 20, "b", 100, "d", 7000);

  /** The rows c, a, e, b, d; the size of e is not in the list. */
  private List<String> rows() {
    SIZES.forEach((name, size) -> server.serve("/" + name, new Payload(size, size)));
    List<String> rows = new ArrayList<>();
    rows.add("filename,url,size,priority");
    rows.add("c," + server.uri("/c?X-Amz-Date=20270102T000000Z&X-Amz-Expires=100") + ",500,");
    rows.add("a," + server.uri("/a") + ",3000,");
    rows.add("e," + server.uri("/e?Expires=1800000000") + ",,");
    rows.add("b," + server.uri("/b?se=2027-01-01T00%3A00%3A00Z") + ",100,");
    rows.add("d," + server.uri("/d") + ",7000,");
    return rows;
  }

  private JarRun oneByOne(Object... arguments) {
    return bulkdl(arguments).and("-c", 1);
  }

  private String seen() {
    List<String> paths =
        server.requests().stream().filter(SeenRequest::isGet).map(SeenRequest::path).toList();
    return String.join("", paths).replace("/", "");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "list, caebd",
        "size, bcade",
        "\"size,desc\", dacbe",
        "name, abcde",
        "Expiry, bcead"
      })
  void theServerSeesTheRowsInTheirOrder(String order, String expected) {
    manifest("files.csv", rows());
    Result result = oneByOne("files.csv", "--order", order).run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(seen()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"list, caebd", "size, bcade", "mixed, bdcae"})
  void aPlanShowsTheRowsInTheSameOrder(String order, String expected) {
    manifest("files.csv", rows());
    Result result = run("plan", "files.csv", "--order", order);
    String names =
        String.join("", result.out().lines().limit(5).map(line -> line.substring(0, 1)).toList());
    assertThat(names).as(result.err()).isEqualTo(expected);
  }

  /** In the whole list, also below what is read ahead. */
  @Test
  void aHigherPriorityGoesFirst() {
    List<String> rows = rows();
    rows.set(5, rows.get(5) + "7");
    rows.set(1, rows.get(1) + "-1");
    manifest("files.csv", rows);
    assertThat(oneByOne("files.csv", "--order", "size").run().exit()).isZero();
    assertThat(seen()).isEqualTo("dbaec");
  }

  @Test
  void badRowsAreReportedInAnyOrder() {
    List<String> rows = rows();
    rows.add(3, "f," + server.uri("/f") + ",1,high");
    rows.add("c," + server.uri("/other") + ",1,5");
    manifest("files.csv", rows);
    Result refused = oneByOne("files.csv").run();
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .contains("line 4")
        .contains("priority")
        .contains("the priority must be a whole number from -1000 to 1000: 'high'");
    Result result = oneByOne("files.csv", "--skip-bad-rows", "--order", "name").run();
    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(seen()).isEqualTo("abcde");
    assertThat(out("files").ownLines("failed.csv")).hasSize(3);
  }

  @Test
  void aWrongValueNamesTheRightOnes() {
    manifest("files.csv", rows());
    Result result = run("files.csv", "--order", "sze");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains("--order")
        .contains("'sze' is none of list, size, 'size,desc', name, expiry, mixed");
  }

  /** Half of the places stay with small files while the others hold large ones. */
  @Test
  void mixedKeepsPlacesForSmallFiles() {
    Gate large = new Gate();
    List<String> rows = new ArrayList<>(List.of("filename,url,size"));
    for (int i = 0; i < 2000; i++) {
      server.serve("/s" + i, new Payload(i, 10));
      rows.add("s" + i + "," + server.uri("/s" + i) + ",10");
    }
    for (int i = 0; i < 2000; i++) {
      server.serve("/l" + i, new Payload(i, 100)).always("/l" + i, new Fault.HoldBefore(large));
      rows.add("l" + i + "," + server.uri("/l" + i) + ",100");
    }
    manifest("files.csv", rows);
    server.always("/s1900", new Fault.HoldBefore(large));
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              server.traffic().awaitRequests("/s1900", 1);
              large.open();
            });
    Result result = bulkdl("files.csv", "--order", "mixed", "-c", 8, "--adaptive", "off").run();
    assertThat(result.exit()).as(result.err()).isZero();
    List<String> paths = server.requests().stream().map(SeenRequest::path).toList();
    assertThat(paths.subList(0, paths.indexOf("/s1900")))
        .filteredOn(path -> path.startsWith("/l"))
        .hasSizeBetween(3, 5);
  }
}
