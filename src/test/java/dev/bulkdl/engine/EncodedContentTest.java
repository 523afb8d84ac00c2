package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Trees;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Content-Encoding in spite of {@code identity}. */
class EncodedContentTest extends EngineFixture {
  @ParameterizedTest
  @EnumSource(Shape.class)
  void encodedContentIsNeitherSplitNorResumedNorDecoded(Shape shape) {
    prepare(shape);
    server.always("/a", new Fault.ContentEncoding("gzip"));
    Outcome.Completed outcome = completed(download(a()));
    assertThat(outcome.effort().resumed()).isZero();
    assertThat(outcome.effort().segments()).isEqualTo(1);
    assertThat(outcome.proof()).isEqualTo(Proof.LENGTH);
    assertThat(out.resolve("a")).hasBinaryContent(Encoded.gzip(PAYLOAD));
    Trees.assertNoLeftovers(out);
    assertThat(asked()).allMatch(r -> r.header("Accept-Encoding").orElse("").equals("identity"));
  }
}
