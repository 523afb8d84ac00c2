package dev.bulkdl.peers;

import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.RawServer;
import java.net.URI;

/** The server's side of one attempt. */
interface Scene extends AutoCloseable {

  /** Without a slash at its end. */
  URI base();

  /** Bytes of content handed to sockets so far. */
  long served();

  /** The interruption is over: from now on a client meets the fault itself. */
  void goOn();

  @Override
  void close();

  /**
   * @param then what {@link #goOn} does
   */
  static Scene of(FaultServer server, Runnable then) {
    return new Scene() {
      @Override
      public URI base() {
        return URI.create(server.origin());
      }

      @Override
      public long served() {
        return server.bytesServed();
      }

      @Override
      public void goOn() {
        then.run();
      }

      @Override
      public void close() {
        server.close();
      }
    };
  }

  static Scene of(RawServer server, Runnable then) {
    return new Scene() {
      @Override
      public URI base() {
        String any = server.uri("/").toString();
        return URI.create(any.substring(0, any.length() - 1));
      }

      @Override
      public long served() {
        return server.traffic().bytesServed();
      }

      @Override
      public void goOn() {
        then.run();
      }

      @Override
      public void close() {
        server.close();
      }
    };
  }
}
