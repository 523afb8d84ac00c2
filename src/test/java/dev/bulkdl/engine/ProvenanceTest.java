package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Provenance;
import dev.bulkdl.testkit.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an outcome says about the origin of the content, and the date that a file gets. */
class ProvenanceTest extends EngineFixture {

  private static final Checksum SHA256 = new Checksum(Algorithm.SHA256, PAYLOAD.sha256());

  private Provenance from(Download file) {
    return ((Outcome.Completed) download(file)).from();
  }

  private Instant dateOf(String name) throws IOException {
    return Files.getLastModifiedTime(out.resolve(name)).toInstant();
  }

  private Instant remoteDate() {
    return ZonedDateTime.parse(
            server.lastModified("/a").orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME)
        .toInstant();
  }

  @Test
  void namesTheUrlBehindAllRedirectsAndTheValidators() {
    server.always("/start", new Fault.Redirect(302, server.uri("/a").toString()));
    Provenance from = from(file("/start"));
    assertThat(from.finalUrl()).contains(server.uri("/a"));
    assertThat(from.etag()).isEqualTo(server.etag("/a"));
    assertThat(from.lastModified()).isEqualTo(server.lastModified("/a"));
    assertThat(from.hashes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void theWantedHashIsComputedOverAnyNumberOfConnections(int connections) {
    segments(connections);
    settings = settings.with(settings.records().withHash(Algorithm.SHA256));
    assertThat(from(a()).hashes()).containsExactly(SHA256);
  }

  @Test
  void theWantedHashIsComputedOverWhatAnEarlierRunHasFetched() {
    server.with("/a", new Fault.CutAfter(1 << 20));
    retries(0);
    download(a());
    settings = settings.with(settings.records().withHash(Algorithm.SHA256));
    Outcome.Completed second = (Outcome.Completed) download(a());
    assertThat(second.effort().resumed()).isPositive();
    assertThat(second.from().hashes()).containsExactly(SHA256);
  }

  @Test
  void aFileGetsTheRemoteDate() throws IOException {
    download(a());
    assertThat(dateOf("a")).isEqualTo(remoteDate());
  }

  @Test
  void aFileGetsTheRemoteDateAlsoWhereItIsCopiedAcrossFileSystems() throws IOException {
    Path other = Files.createTempDirectory(Path.of("/dev/shm"), "parts");
    disk(settings -> settings.withTempDir(other));
    download(a());
    assertThat(dateOf("a")).isEqualTo(remoteDate());
  }

  @Test
  void theDateStaysThatOfTheDownloadWhereTheUserWantsIt() throws IOException {
    settings = settings.with(settings.records().withRemoteTime(false));
    download(a());
    assertThat(dateOf("a")).isAfter(remoteDate());
  }

  @Test
  void aServerWithoutADateChangesNothing() throws IOException {
    server.always("/a", new Fault.NoValidator());
    Instant before = Instant.now().minusSeconds(60);
    Provenance from = from(a());
    assertThat(from.lastModified()).isEmpty();
    assertThat(dateOf("a")).isAfter(before);
  }
}
