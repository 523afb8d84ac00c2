package dev.bulkdl.engine;

import dev.bulkdl.model.Proof;
import org.junit.jupiter.api.RepeatedTest;

/** The end of a round cuts its helpers off while they wait for content: no run ends as a bug. */
class CancelRaceTest extends EngineFixture {
  @RepeatedTest(40)
  void aRoundThatEndsCutsItsHelpersOff() {
    prepare(Shape.FOUR_RESUMED);
    completed(download(a()), PAYLOAD, Proof.ETAG);
  }
}
