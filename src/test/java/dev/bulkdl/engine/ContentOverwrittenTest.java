package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Proof;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The closing check of content without a folder, for a file of a size that is always checked. */
class ContentOverwrittenTest extends ContentFixture {
  private static final int MIB = 1 << 20;
  private static final Payload LARGE = new Payload(1, 16 * MIB);
  private static final Payload OTHER = new Payload(2, 16 * MIB);
  private static final Fault OVERWRITTEN = new Fault.OverwrittenAfter(8 * MIB, OTHER);

  @BeforeEach
  void serveLarge() {
    server.serve("/a", LARGE);
  }

  private static boolean isContent(SeenRequest request) {
    return request.isGet() && !request.range().equals(Optional.of("bytes=0-0"));
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void oneHeadIsAskedAtTheEndOfALargeFile(Target target) {
    fetch(target, a()).assertHolds(LARGE, Proof.ETAG);
    assertThat(allAsked()).hasSize(2);
    assertThat(allAsked().getLast().isHead()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void nothingIsAskedAtTheEndOfAFileWithAHash(Target target) {
    fetch(target, hashed(a(), LARGE)).assertHolds(LARGE, Proof.SHA256);
    assertThat(allAsked()).hasSize(1);
  }

  /** Memory is filled again. A stream has all bytes, and the outcome says what they are worth. */
  @ParameterizedTest
  @EnumSource(Target.class)
  void aFileThatIsOverwrittenMeanwhileIsNoSuccess(Target target) {
    server.with("/a", OVERWRITTEN);
    Got got = fetch(target, a());
    if (target.keeps()) {
      Failure failure = failed(got.outcome());
      assertThat(failure).isInstanceOf(Failure.Changed.class);
      assertThat(failure.isTransient()).isTrue();
      assertThat(failure.text()).contains("changed while it was sent");
      assertThat(got.outcome().effort().downloaded()).isEqualTo(LARGE.size());
    } else {
      got.assertHolds(OTHER, Proof.ETAG);
    }
  }

  @Test
  void memoryGivesUpAFileThatChangesAllTheTime() {
    server.with(
        "/a",
        ContentOverwrittenTest::isContent,
        OVERWRITTEN,
        new Fault.OverwrittenAfter(8 * MIB, new Payload(3, 16 * MIB)),
        new Fault.OverwrittenAfter(8 * MIB, new Payload(4, 16 * MIB)));
    Failure failure = failed(fetch(Target.MEMORY, a()).outcome());
    assertThat(failure.text()).contains("changed during each of 3 downloads");
  }

  /**
   * Two answers have the tag of another server. A third one has the tag that came with the content,
   * so the servers only disagree.
   */
  @ParameterizedTest
  @EnumSource(Target.class)
  void serversThatDisagreeDoNotFailAFile(Target target) {
    Fault other = new Fault.EtagPerNode(1);
    server.with("/a", request -> !isContent(request), other, other);
    Got got = fetch(target, a());
    got.assertHolds(LARGE, target.keeps() ? Proof.LENGTH : Proof.ETAG);
    assertThat(asked()).hasSize(target.keeps() ? 1 : 2);
  }

  /** Every server has another tag and the same date: nobody confirms what the stream got. */
  @ParameterizedTest
  @EnumSource(Target.class)
  void aTagThatNobodyConfirmsIsAChangeForAStream(Target target) {
    server.always("/a", request -> !isContent(request), new Fault.EtagPerNode(1));
    Got got = fetch(target, a());
    if (target.keeps()) {
      assertThat(failed(got.outcome())).isInstanceOf(Failure.Changed.class);
    } else {
      got.assertHolds(LARGE, Proof.LENGTH);
    }
  }
}
