package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With more than one origin in a list, a credential is given for the host that may see it. */
class CredentialScopeIT extends EndToEnd {
  private static final String SECRET = "s3cret-value";
  private static final Payload PAYLOAD = new Payload(1, MIB);

  private final FaultServer other = FaultServer.http();

  @BeforeEach
  void serve() {
    server.serve("/a", PAYLOAD).serve("/b", PAYLOAD);
    other.serve("/c", PAYLOAD);
    manifest("one.csv", "filename,url", "a," + server.uri("/a"), "b," + server.uri("/b"));
    manifest("two.csv", "filename,url", "a," + server.uri("/a"), "c," + other.uri("/c"));
  }

  @AfterEach
  void closeOther() {
    other.close();
  }

  private static String host(FaultServer of) {
    return URI.create(of.origin()).getAuthority();
  }

  private static boolean has(SeenRequest request, String name) {
    return request.header(name).equals(Optional.of(SECRET));
  }

  private void assertRefused(JarRun run) {
    Result result = run.run();
    assertThat(result.exit()).as(run.arguments() + result.err()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains(server.origin(), other.origin(), "--header-for")
        .doesNotContain(SECRET);
    assertThat(server.requests()).isEmpty();
    assertThat(other.requests()).isEmpty();
    assertThat(out("two").exists()).isFalse();
    assertThat(out("one").exists()).isFalse();
  }

  static Stream<List<String>> commands() {
    return Stream.of(
        List.of("two.csv"),
        List.of("run", "two.csv"),
        List.of("plan", "two.csv"),
        List.of("bench", "two.csv", "--duration", "1s"),
        List.of("two.csv", "--skip-bad-rows"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCredentialForNoHostIsRefusedBeforeAnyRequest(List<String> command) {
    Object[] arguments = command.toArray();
    assertRefused(bulkdl(arguments).and("--header", "Authorization: " + SECRET));
    assertRefused(bulkdl(arguments).env("BULKDL_HEADER", "Accept: x\nX-My-TOKEN: " + SECRET));
  }

  @Test
  void theProbeIsOneOfTheOrigins() {
    Object[] probe = {"--probe-url", other.uri("/c"), "--header", "Cookie: " + SECRET};
    assertRefused(bulkdl("one.csv").and(probe));
    assertRefused(bulkdl("get", server.uri("/a")).and(probe));
  }

  /** Of a list of very many origins, the message names some. */
  @Test
  void theMessageStaysShort() {
    manifest(
        "many.csv",
        Stream.concat(
                Stream.of("filename,url"),
                IntStream.range(0, 5000).mapToObj(i -> i + ",http://h" + i + ".invalid/" + i))
            .toList());
    Result result = run("many.csv", "--header", "X-Key: " + SECRET);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("http://h0.invalid:80", "and others").hasSizeLessThan(1000);
  }

  @Test
  void ofOneOriginItIsSentAsEver() {
    Result result = run("one.csv", "--header", "Authorization: " + SECRET);
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(server.requests()).isNotEmpty().allMatch(request -> has(request, "Authorization"));
    assertThat(result.err()).doesNotContain("warning", SECRET);
  }

  @Test
  void eachHostSeesItsOwnAndAWarningSaysThatHttpIsPlain() {
    JarRun run =
        bulkdl("two.csv", "-v", "--header", "X-Trace: 1")
            .and("--header-for", host(server), "Authorization: " + SECRET)
            .and("--header-for", host(other), "X-Key: " + SECRET);
    Result result = run.run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertSeparate(result);
    assertThat(result.err().lines().filter(line -> line.contains("without encryption"))).hasSize(1);
  }

  @Test
  void theEnvironmentSaysTheSame() {
    Result result =
        bulkdl("two.csv", "--header", "X-Trace: 1")
            .env(
                "BULKDL_HEADER_FOR",
                "%s Authorization: %s%n%s X-Key: %s"
                    .formatted(host(server), SECRET, host(other), SECRET))
            .run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertSeparate(result);
  }

  private void assertSeparate(Result result) {
    assertThat(server.requests())
        .isNotEmpty()
        .allMatch(request -> has(request, "Authorization") && request.header("X-Key").isEmpty());
    assertThat(other.requests())
        .isNotEmpty()
        .allMatch(request -> has(request, "X-Key") && request.header("Authorization").isEmpty());
    assertThat(Stream.concat(server.requests().stream(), other.requests().stream()))
        .allMatch(request -> request.header("X-Trace").equals(Optional.of("1")));
    assertThat(result.out() + result.err()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan two.csv", "bench two.csv --connections 2 --duration 3s"})
  void otherCommandsSendItAsWell(String command) {
    Result result =
        bulkdl((Object[]) command.split(" "))
            .and("--header-for", host(other), "X-Key: " + SECRET)
            .run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(other.requests()).isNotEmpty().allMatch(request -> has(request, "X-Key"));
    assertThat(server.requests()).isNotEmpty().noneMatch(request -> has(request, "X-Key"));
  }

  @Test
  void getSendsItWhereARedirectLeads() {
    server.always("/r", new Fault.Redirect(302, other.uri("/c").toString()));
    Result result =
        run("get", server.uri("/r"), "-o", "r", "--header-for", host(other), "X-Key: " + SECRET);
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(other.requests()).isNotEmpty().allMatch(request -> has(request, "X-Key"));
    assertThat(server.requests()).isNotEmpty().noneMatch(request -> has(request, "X-Key"));
  }

  /** Nothing that stands after such an option is repeated, however it is used. */
  @Test
  void wrongUseRepeatsNoSecret() {
    List<JarRun> runs =
        List.of(
            bulkdl("one.csv", "--header-for"),
            bulkdl("one.csv", "--header-for", "a.org"),
            bulkdl("one.csv", "--header-for", "X-Key: " + SECRET, "a.org"),
            bulkdl("one.csv", "--header-for", "X-Key:" + SECRET, "a.org"),
            bulkdl("one.csv", "--header-for", "a.org", "X-Key", SECRET),
            bulkdl("one.csv", "--header-for", "a.org", "X-Key:", SECRET),
            bulkdl("one.csv", "--header-for", "a.org", "X-Key:k", SECRET),
            bulkdl("one.csv", "--header-for", "a.org", "X-Key:k", "-" + SECRET),
            bulkdl("one.csv", "--header-for", "a.org", "Authorization: Bearer", SECRET),
            bulkdl("one.csv", "--header-for", "https://a.org/" + SECRET, "X-Key: k"),
            bulkdl("one.csv", "--header-for", "a.org", "X-Key: k\nX-Other: " + SECRET),
            bulkdl("one.csv", "--header-for=a.org=X-Key: " + SECRET),
            bulkdl("one.csv", "--headers-for", "a.org", "X-Key: " + SECRET),
            bulkdl("one.csv", "--headers", "X-Key: " + SECRET),
            bulkdl("one.csv", "--headers=X-Key: " + SECRET),
            bulkdl("one.csv", "--header", "Authorization:Bearer", SECRET),
            bulkdl("one.csv", "--header", "X-Key:k", SECRET, "more"),
            bulkdl("--header", "Authorization:", "Bearer", SECRET, "one.csv"),
            bulkdl("one.csv", "-H", "X-Key: " + SECRET),
            bulkdl("one.csv", "-HX-Key: " + SECRET),
            bulkdl("get", server.uri("/a"), "--header", "X-Key:k", SECRET),
            bulkdl("plan", "one.csv", "--header-for", "a.org", "X-Key:k", SECRET),
            bulkdl("one.csv").env("BULKDL_HEADER_FOR", "X-Key: " + SECRET),
            bulkdl("one.csv").env("BULKDL_HEADER_FOR", "a.org X-Key: k\n" + SECRET),
            bulkdl("one.csv").env("BULKDL_HEADER_FOR", SECRET));
    for (JarRun run : runs) {
      Result result = run.run();
      assertThat(result.exit()).as(run.arguments() + result.err()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).as(run.arguments().toString()).isNotBlank().doesNotContain(SECRET);
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void anArgumentBeforeItIsStillNamed() {
    Result result = run("one.csv", "--frobnicate", "--header", "X-Key: " + SECRET);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("--frobnicate").doesNotContain(SECRET);
  }

  @Test
  void helpShowsNoValueOfTheEnvironment() {
    Result help = bulkdl("--help").env("BULKDL_HEADER_FOR", "a.org X-Key: " + SECRET).run();
    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("--header-for").doesNotContain(SECRET);
  }
}
