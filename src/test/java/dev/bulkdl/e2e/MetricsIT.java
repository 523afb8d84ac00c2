package dev.bulkdl.e2e;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.MetricsText;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs that are watched over HTTP. */
class MetricsIT extends EndToEnd {
  private static final Payload LARGE = new Payload(1, 4 * MIB);
  private static final Payload SMALL = new Payload(2, 5_000);
  private static final int MOST_SCRAPES = 10_000;
  private static final Pattern ENDPOINT = Pattern.compile("metrics at (http://\\S+)\\s");

  private final Gate gate = new Gate();
  private final Gate later = new Gate();

  /** One file completes after a retry, one fails, one is held after each of its first two MiB. */
  private JarRun held() {
    server.serve("/small", SMALL).serve("/held", LARGE);
    server.with("/small", new Fault.Status(503));
    server.always("/held", new Fault.Stall(MIB, gate), new Fault.Stall(2 * MIB, later));
    manifest(
        "files.csv",
        "filename,url,size",
        "small.bin," + server.uri("/small") + ",",
        "gone.bin," + server.uri("/gone") + ",",
        "held.bin," + server.uri("/held") + "," + LARGE.size());
    return bulkdl(
        "files.csv", "-s", 1, "--retry-delay", "1ms", "--metrics-port", 0, "--adaptive=off");
  }

  private static URI endpoint(BulkdlProcess process) {
    process.awaitStderr(text -> ENDPOINT.matcher(text).find());
    Matcher found = ENDPOINT.matcher(process.stderr());
    assertThat(found.find()).isTrue();
    return URI.create(found.group(1));
  }

  private static HttpResponse<String> ask(String method, URI uri) throws IOException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static MetricsText scrape(URI uri) throws IOException {
    HttpResponse<String> answer = ask("GET", uri);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    return MetricsText.parse(answer.body());
  }

  /** Asks again and again: a run shows itself a few times a second. */
  private static MetricsText scrapeUntil(URI uri, Predicate<MetricsText> wanted)
      throws IOException {
    for (int i = 0; i < MOST_SCRAPES; i++) {
      MetricsText text = scrape(uri);
      if (wanted.test(text)) {
        return text;
      }
    }
    throw new AssertionError("never as wanted: " + ask("GET", uri).body());
  }

  private String host(String metric) {
    return metric + "{host=\"" + server.origin() + "\"}";
  }

  @Test
  void tellTheStateOfARunAndNeverFallBack() throws IOException {
    double received = MIB + SMALL.size();
    try (BulkdlProcess process = held().start()) {
      URI uri = endpoint(process);
      MetricsText first = scrapeUntil(uri, text -> has(text, halfWay(received)));
      assertThat(first.value("bulkdl_remaining_bytes")).contains((double) LARGE.size() - MIB);
      assertThat(first.value("bulkdl_disk_free_bytes").orElseThrow()).isGreaterThan(MIB);
      assertThat(first.value("bulkdl_connect_duration_seconds_count").orElseThrow()).isPositive();
      assertThat(first.value("bulkdl_run_start_time_seconds").orElseThrow()).isGreaterThan(1.7e9);
      assertThat(first.samples())
          .anyMatch(
              sample -> sample.startsWith("bulkdl_run_info{") && sample.contains("files.csv"));

      gate.open();
      MetricsText second =
          scrapeUntil(
              uri, text -> has(text, Map.of("bulkdl_received_bytes_total", received + MIB)));
      assertThat(second.cumulative().keySet()).containsAll(first.cumulative().keySet());
      first
          .cumulative()
          .forEach(
              (sample, value) ->
                  assertThat(second.value(sample).orElseThrow())
                      .as(sample)
                      .isGreaterThanOrEqualTo(value));
      later.open();
      assertThat(process.awaitExit().exit()).isEqualTo(1);
      assertThatThrownBy(() -> ask("GET", uri)).isInstanceOf(ConnectException.class);
    }
  }

  /**
   * The numbers of one scrape need not be of one moment; with the file held, they come to these.
   */
  private Map<String, Double> halfWay(double received) {
    return Map.ofEntries(
        entry("bulkdl_files{status=\"completed\"}", 1.0),
        entry("bulkdl_files{status=\"failed\"}", 1.0),
        entry("bulkdl_files{status=\"pending\"}", 0.0),
        entry("bulkdl_files{status=\"running\"}", 1.0),
        entry("bulkdl_failures_total{class=\"http\",code=\"404\"}", 1.0),
        entry("bulkdl_files{status=\"skipped\"}", 0.0),
        entry("bulkdl_received_bytes_total", received),
        entry("bulkdl_connections", 1.0),
        entry("bulkdl_connections_allowed", 16.0),
        entry("bulkdl_paused", 0.0),
        entry("bulkdl_retries_total", 1.0),
        entry("bulkdl_first_byte_duration_seconds_count", 4.0),
        entry("bulkdl_file_duration_seconds_count", 1.0),
        entry(host("bulkdl_host_connections"), 1.0),
        entry(host("bulkdl_host_retries_total"), 1.0),
        entry(host("bulkdl_host_paused_seconds"), 0.0),
        entry(host("bulkdl_host_received_bytes_total"), received));
  }

  private static boolean has(MetricsText text, Map<String, Double> values) {
    return values.entrySet().stream()
        .allMatch(each -> text.value(each.getKey()).equals(Optional.of(each.getValue())));
  }

  @Test
  void areServedOnThisMachineAlone() throws IOException {
    try (BulkdlProcess process = held().start()) {
      URI uri = endpoint(process);
      assertThat(uri.getHost()).isEqualTo("127.0.0.1");
      for (InetAddress address : ownAddresses()) {
        assertThatThrownBy(() -> connect(address, uri.getPort()))
            .as(address.toString())
            .isInstanceOf(IOException.class);
      }
      connect(InetAddress.getByName("127.0.0.1"), uri.getPort());
    }
  }

  private static List<InetAddress> ownAddresses() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .toList();
  }

  private static void connect(InetAddress address, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1_000);
    }
  }

  @Test
  void areAllThatIsServed() throws IOException {
    try (BulkdlProcess process = held().start()) {
      URI uri = endpoint(process);
      for (String path : List.of("/x", "/metrics/x", "/metricsx", "/METRICS", "/../metrics")) {
        assertThat(ask("GET", uri.resolve(path)).statusCode()).as(path).isEqualTo(404);
      }
      assertThat(ask("GET", uri.resolve("/")).body()).contains("/metrics", "/healthz");
      assertThat(ask("GET", uri.resolve("/healthz")).body()).isEqualTo("ok\n");
      assertThat(ask("POST", uri).statusCode()).isEqualTo(405);
      assertThat(ask("GET", URI.create(uri + "?x=1")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void areServedAtTheAddressThatTheUserGives() throws IOException {
    try (BulkdlProcess process = held().and("--metrics-address", "127.0.0.2").start()) {
      URI uri = endpoint(process);
      assertThat(uri.getHost()).isEqualTo("127.0.0.2");
      assertThat(ask("GET", uri).statusCode()).isEqualTo(200);
    }
  }

  /** A run that is shorter than the time between two scrapes leaves its numbers. */
  @Test
  void stayInTheFileAfterTheEnd() throws IOException {
    server.serve("/small", SMALL);
    manifestOf("small.bin", "/small");
    assertThat(run("files.csv", "--metrics-file", "bulkdl.prom").exit()).isZero();
    MetricsText last = MetricsText.parse(Files.readString(folder.resolve("bulkdl.prom")));
    assertThat(last.value("bulkdl_files{status=\"completed\"}")).contains(1.0);
    assertThat(last.value("bulkdl_received_bytes_total")).contains((double) SMALL.size());
    assertThat(last.value("bulkdl_run_end_time_seconds").orElseThrow()).isGreaterThan(1.7e9);
    Result result = run("files.csv", "--metrics-file", "gone/bulkdl.prom");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("--metrics-file", "gone/bulkdl.prom", "cannot be written");
  }

  @Test
  void aPortThatSomebodyHasIsToldBeforeTheFirstRequest() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = String.valueOf(taken.getLocalPort());
      held();
      Result result = run("files.csv", "--metrics-port", port);
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err().lines()).hasSize(1);
      assertThat(result.err()).contains("--metrics-port").contains(port).contains("0 for a free");
    }
    assertThat(server.requests()).isEmpty();
    assertThat(out("files").exists()).isFalse();
  }

  /** The option is paid for only by those who use it. */
  @Test
  void costNothingWhenNobodyAsksForThem() {
    server.serve("/small", SMALL);
    manifestOf("small.bin", "/small");
    JarRun telling = bulkdl("files.csv").jvm("-Xlog:class+load");
    assertThat(telling.run().out())
        .contains("dev.bulkdl.cli.MetricsOptions ")
        .doesNotContain("io.micrometer", "io.prometheus", "com.sun.net.httpserver");
    assertThat(telling.and("--metrics-port", 0).run().out()).contains("io.micrometer");
  }
}
