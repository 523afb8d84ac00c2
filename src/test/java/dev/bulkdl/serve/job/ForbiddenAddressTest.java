package dev.bulkdl.serve.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.engine.EngineSettings;
import dev.bulkdl.settings.AddressPolicy;
import dev.bulkdl.settings.AddressRange;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForbiddenAddressTest {

  @TempDir Path folder;

  private static JobSettings allowing(JobSettings settings, String... networks) {
    List<AddressRange> ranges = Stream.of(networks).map(AddressRange::parse).toList();
    return settings.with(EngineSettings.DEFAULTS.with(AddressPolicy.restrictedTo(ranges)));
  }

  @Test
  void noSpellingOfLoopbackIsConnectedTo() throws IOException {
    try (JobsFixture daemon = JobsFixture.in(folder, settings -> allowing(settings))) {
      int port = daemon.server.uri("/").getPort();
      daemon.server.serve("/x", new Payload(1, 10));
      StringBuilder manifest = new StringBuilder("filename,url\n");
      int row = 0;
      for (String host :
          List.of(
              "127.0.0.1",
              "0.0.0.0",
              "localhost",
              "LOCALHOST",
              "[::1]",
              "[::ffff:127.0.0.1]",
              "[::]")) {
        row++;
        manifest.append("f%d,http://%s:%d/x\n".formatted(row, host, port));
      }
      Job job = daemon.add("x", manifest.toString());
      daemon.await(job.id(), JobState.DONE_WITH_FAILURES);

      assertThat(daemon.server.requests()).isEmpty();
      assertThat(daemon.files(job.id()))
          .allSatisfy(
              file -> {
                assertThat(file.code()).as(file.url()).contains("forbidden-address");
                assertThat(file.attempts()).as(file.url()).isLessThanOrEqualTo(1);
              });
      assertThat(daemon.file(job.id(), 1).reason().orElse(""))
          .endsWith("127.0.0.1 is a loopback address");
      assertThat(daemon.file(job.id(), 1).nextStep().orElse("")).contains("--allow-network");
    }
  }

  @Test
  void aRedirectLeadsNowhereElse() throws IOException {
    try (JobsFixture daemon =
        JobsFixture.in(folder, settings -> allowing(settings, "127.0.0.1/32"))) {
      URI secret = URI.create("http://127.0.0.2:" + daemon.server.uri("/").getPort() + "/secret");
      String manifest = daemon.manifest(2, 10);
      daemon.server.always("/f2", new Fault.Redirect(302, secret.toString()));
      Job job = daemon.add("x", manifest);
      daemon.await(job.id(), JobState.DONE_WITH_FAILURES);
      assertThat(daemon.file(job.id(), 1).state()).isEqualTo(FileState.COMPLETED);
      assertThat(daemon.file(job.id(), 2).code()).contains("forbidden-address");
      assertThat(daemon.server.requests("/secret")).isEmpty();
    }
  }

  @Test
  void theDaemonsOwnListenerIsNoTarget() throws IOException {
    try (JobsFixture daemon =
        JobsFixture.in(folder, settings -> allowing(settings, "127.0.0.0/8"))) {
      daemon.jobs().ownListener(daemon.server.uri("/").getPort());
      Job job = daemon.add("x", daemon.manifest(1, 10));
      daemon.await(job.id(), JobState.DONE_WITH_FAILURES);
      assertThat(daemon.file(job.id(), 1).reason().orElse("")).contains("this program itself");
      assertThat(daemon.server.requests()).isEmpty();
    }
  }
}
