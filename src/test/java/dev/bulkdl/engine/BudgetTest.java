package dev.bulkdl.engine;

import dev.bulkdl.model.Proof;
import dev.bulkdl.testkit.Fault;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Four connections that are cut at one time, each after new bytes, are no failures without
 * progress.
 */
class BudgetTest extends EngineFixture {
  @RepeatedTest(10)
  void cutsAfterProgressNeverUseUpTheRetries() {
    prepare(Shape.FOUR_FRESH);
    retries(1);
    server.always("/a", new Fault.CutAfter(100_000));
    completed(download(a()), PAYLOAD, Proof.ETAG);
  }
}
