package dev.bulkdl.http;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.model.Origin;

/** Sends requests and waits for their responses. Thread-safe; one serves a whole run. */
@FunctionalInterface
public interface Fetcher {

  /** From this number of bytes on, a file never shares a connection. */
  long LARGE = 1 << 20;

  /**
   * Sends the request and blocks until the headers of the final response are complete or the
   * request has failed. Redirects are not followed.
   *
   * @param cancellation aborts the exchange, also later while its content is read
   * @return the response; the caller closes it
   * @throws java.util.concurrent.CancellationException if the work is to stop
   */
  FetchResponse get(FetchRequest request, Cancellation cancellation);

  /**
   * Returns the number of bytes below which the files of this origin are small: requests for these
   * can share connections over HTTP/2. This can change with each response.
   *
   * @return at most {@link #LARGE}; 0 if the origin's requests cannot share connections
   */
  default long sharesBelow(Origin origin) {
    return 0;
  }
}
