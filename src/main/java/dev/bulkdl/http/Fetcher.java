package dev.bulkdl.http;

import dev.bulkdl.control.Cancellation;

/** Sends requests and waits for what comes back. Thread-safe; one serves a whole run. */
@FunctionalInterface
public interface Fetcher {

  /**
   * Sends the request and blocks until the headers of the final answer are there or it is clear
   * that there will be none. No redirect is followed.
   *
   * @param cancellation cuts the exchange off, also later while its content is read
   * @throws java.util.concurrent.CancellationException when the work is to stop
   */
  FetchResponse get(FetchRequest request, Cancellation cancellation);
}
