package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.disk.FilePaths;
import dev.bulkdl.disk.JournalState;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.disk.PartFile;
import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.model.Version;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.testkit.BytesBody;
import dev.bulkdl.testkit.Folders;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One remote file, its partial file, and processes that start and end. */
final class PartHistory implements AutoCloseable {
  private static final URI SOURCE = URI.create("http://host.example/a");
  private static final long MINIMUM = 50_000;

  /** Smaller files have no journal, larger ones have one. */
  private static final long SMALLEST = 900_000;

  private record Claim(Segment segment, FileChannel channel) {}

  private final int mostClaims;
  private final Path folder = Files.createTempDirectory("history");
  private final OutputFolder out;
  private final FilePaths place;
  private final Device device;
  private final List<Payload> versions = new ArrayList<>();
  private int published;

  // The process.
  private final List<Claim> claims = new ArrayList<>();
  private Optional<Payload> known = Optional.empty();
  private boolean rebooted;
  private boolean split;
  private PartFile part;
  private SegmentMap map;

  /**
   * @param mostClaims how many workers can write at the same time
   */
  PartHistory(int mostClaims) throws IOException {
    this.mostClaims = mostClaims;
    DiskSettings disk = Settings.in(folder).disk();
    out = OutputFolder.open(disk);
    place = ((OutputFolder.Placed.At) out.place(TargetName.of("a"))).place();
    device = new Device(place);
    changeServer();
    start();
  }

  /** How often the file was completed. */
  int published() {
    return published;
  }

  private Payload remote() {
    return versions.getLast();
  }

  void changeServer() {
    int number = versions.size();
    versions.add(new Payload(number, SMALLEST + 150_001L * (number % 3)));
  }

  private Version versionOf(Payload payload) {
    return new Version(
        Optional.of("\"" + versions.indexOf(payload) + "\""),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.of(payload.size()));
  }

  /** A process starts, and trusts what it can. */
  private void start() throws IOException {
    part = out.part(place, SOURCE);
    String boot = rebooted ? "another" : out.boot();
    switch (ResumePoint.of(part.remains(), boot, false, false)) {
      case ResumePoint.Fresh fresh -> startAnew();
      case ResumePoint.Continue on -> {
        Payload version = of(on.journal());
        assertHolds(version, on.done());
        part.resume(on.journal(), on.done(), on.asSplit());
        map =
            new SegmentMap(
                on.done(), OptionalLong.of(version.size()), PieceSizes.held(MINIMUM), () -> 0);
        map.allowSplits(true);
        known = Optional.of(version);
        split = on.asSplit();
      }
    }
    rebooted = false;
  }

  private Payload of(JournalState journal) {
    String tag = journal.version().etag().orElseThrow();
    return versions.get(Integer.parseInt(tag, 1, tag.length() - 1, 10));
  }

  private void assertHolds(Payload version, ByteRanges believed) throws IOException {
    byte[] there = Files.readAllBytes(place.part());
    for (ByteRanges.Span span : believed.list()) {
      byte[] expected = version.bytes(span.start(), span.end());
      assertThat(ByteBuffer.wrap(there, (int) span.start(), (int) span.length()))
          .as("%s of %s", span, version)
          .isEqualTo(ByteBuffer.wrap(expected));
    }
  }

  private void startAnew() throws IOException {
    part.discard();
    device.forget();
    map = new SegmentMap(ByteRanges.EMPTY, OptionalLong.empty(), PieceSizes.held(MINIMUM), () -> 0);
    known = Optional.empty();
    split = false;
  }

  /** A worker requests a range; the response shows which version the server has now. */
  void claim() throws IOException {
    if (known.isPresent() && !known.get().equals(remote())) {
      release();
      startAnew();
    }
    if (claims.size() == mostClaims || map.secondsOfWork() == 0) {
      return;
    }
    if (!claims.isEmpty() && !split) {
      part.split(map.written());
      split = true;
    }
    Segment segment = map.claim(map.newThroughput()).orElseThrow();
    if (known.isEmpty()) {
      part.begin(versionOf(remote()));
      map.learnTotal(remote().size());
      map.allowSplits(true);
      known = Optional.of(remote());
    }
    claims.add(new Claim(segment, part.openForContent()));
  }

  void write(int number, int bytes) throws IOException {
    if (claims.isEmpty()) {
      claim();
    }
    if (claims.isEmpty()) {
      return;
    }
    Claim claim = claims.get(number % claims.size());
    long at = claim.segment.position();
    int count = map.reserve(claim.segment, bytes);
    ByteBuffer content = ByteBuffer.wrap(known.orElseThrow().bytes(at, at + count));
    claim.channel.transferFrom(new BytesBody(content), at, count);
    claim.segment.advance(count);
    if (claim.segment.isDone()) {
      end(claim);
    }
  }

  void note(int number) throws IOException {
    if (!claims.isEmpty()) {
      note(claims.get(number % claims.size()).segment);
    }
  }

  private void note(Segment segment) throws IOException {
    if (split && segment.unnoted() > 0) {
      part.done(new ByteRanges.Span(segment.takeUnnoted(), segment.position()));
    }
  }

  /** A connection is cut. */
  void fail(int number) throws IOException {
    if (!claims.isEmpty()) {
      end(claims.get(number % claims.size()));
    }
  }

  private void end(Claim claim) throws IOException {
    claims.remove(claim);
    note(claim.segment);
    map.giveBack(claim.segment);
    claim.channel.close();
    if (map.isComplete()) {
      publish();
    }
  }

  private void publish() throws IOException {
    Payload version = known.orElseThrow();
    assertThat(part.publish(version.size(), false, false)).isTrue();
    assertThat(version.matches(place.target())).as("the published file is %s", version).isTrue();
    assertThat(Trees.leftovers(folder)).isEmpty();
    Files.delete(place.target());
    part.close();
    published++;
    device.forget();
    start();
  }

  void force() throws IOException {
    if (!claims.isEmpty()) {
      part.force(claims.getFirst().channel, map.written());
      device.force();
    }
  }

  /** kill -9: the written bytes are in the system's cache. */
  void crash() throws IOException {
    for (Claim claim : claims) {
      claim.channel.close();
    }
    claims.clear();
    part.close();
    start();
  }

  /** A power loss: bytes that were not synced can be lost. */
  void losePower(long seed) throws IOException {
    for (Claim claim : claims) {
      claim.channel.close();
    }
    claims.clear();
    part.close();
    device.losePower(seed);
    rebooted = true;
    start();
  }

  private void release() throws IOException {
    for (Claim claim : List.copyOf(claims)) {
      claims.remove(claim);
      note(claim.segment);
      map.giveBack(claim.segment);
      claim.channel.close();
    }
  }

  /** Finishes the file without further faults. */
  void finish() throws IOException {
    int before = published;
    while (published == before) {
      write(0, 1 << 20);
    }
  }

  @Override
  public void close() throws IOException {
    for (Claim claim : claims) {
      claim.channel.close();
    }
    part.close();
    out.close();
    Folders.delete(folder);
  }
}
