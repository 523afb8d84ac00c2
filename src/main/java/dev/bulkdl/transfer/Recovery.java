package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What happens after a failed request: a pause of the origin, the wait for the end of an outage,
 * the delay. Thread-safe.
 */
final class Recovery {

  private final RequestContext context;
  private final Download download;
  private final Cancellation cancellation;
  private final RetryBudget budget;

  Recovery(
      RequestContext context, Download download, Cancellation cancellation, RetryBudget budget) {
    this.context = context;
    this.download = download;
    this.cancellation = cancellation;
    this.budget = budget;
  }

  /**
   * Pauses an origin that has too many requests, for all files of the run, and reduces its
   * connections. See {@link RetryPolicy#pausesOrigin} for the rule.
   */
  void respectThrottle(Failure failure, Origin origin) {
    if (!RetryPolicy.limitsOrigin(failure)) {
      return;
    }
    Duration pause = context.retryPolicy().pause(failure);
    long served =
        RetryPolicy.asksToWait(failure)
            ? context.hosts().answers(origin)
            : context.hosts().served(origin); // so it serves if bytes arrive
    int refused = context.refusals().add(origin, download.source(), pause, served);
    if (RetryPolicy.pausesOrigin(failure, refused)) {
      if (context.pauses().pause(origin, pause, failure.shown())) {
        context.permits().slowDown(origin);
      }
      context.emit(new TransferEvent.OriginPaused(origin, pause, failure));
    }
  }

  /** Returns whether the same request to this origin can succeed later. */
  boolean isTransient(Failure failure, Origin origin) {
    return failure.isTransient() || context.permits().allowances().isRefusal(failure, origin);
  }

  /**
   * Waits as long as the failure demands. Call it without a permit.
   *
   * @param bytes the number of bytes of the file that are written now
   * @return false if no attempt is left
   * @throws java.util.concurrent.CancellationException if the work is to stop
   */
  boolean awaitNextAttempt(Failure failure, Origin origin, long bytes) {
    respectThrottle(failure, origin);
    if (context.outage().awaitEnd(failure, cancellation)) {
      return true;
    }
    int failures = counts(failure, origin) ? budget.failed(bytes) : 0;
    if (context.retryPolicy().isExhausted(failures)) {
      return false;
    }
    Duration delay = context.retryPolicy().delay(failures, failure, context.random());
    int retries = context.patience().retries();
    context.emit(new TransferEvent.Retrying(download, origin, failures, retries, failure, delay));
    await(delay, "attempt " + failures + " of " + retries + " failed: " + failure.shown());
    return true;
  }

  /**
   * Waits before a question beside the content is repeated. It costs the file no attempt, so it is
   * not reported as a retry. Must be called without a permit.
   *
   * @param waits the number of these waits, from 1
   */
  void awaitCalm(Failure failure, Origin origin, int waits) {
    respectThrottle(failure, origin);
    Duration delay = context.retryPolicy().delay(waits, failure, context.random());
    await(delay, failure.shown());
  }

  private void await(Duration delay, String why) {
    Instant now = Instant.now();
    Hold hold = new Hold(Hold.Reason.RETRY, why, now, Optional.of(now.plus(delay)));
    context
        .retryWaits()
        .await(download.target(), hold, cancellation, () -> context.sleeper().sleep(delay));
  }

  private boolean counts(Failure failure, Origin origin) {
    long served =
        RetryPolicy.asksToWait(failure)
            ? budget.asksToWait(origin, context.hosts().served(origin))
            : 0;
    return context.retryPolicy().counts(failure, served);
  }
}
