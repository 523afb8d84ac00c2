package dev.bulkdl.http;

import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.DuplexConnectionPool;

/**
 * Opens one connection for each request that waits. Jetty's own opens one more when one is removed
 * meanwhile, which the user's limit of connections does not allow.
 */
final class OneForEach extends DuplexConnectionPool {

  OneForEach(Destination destination) {
    super(destination, Integer.MAX_VALUE); // our permits come first
  }

  @Override
  protected void tryCreate(boolean create) {
    super.tryCreate(false);
  }
}
