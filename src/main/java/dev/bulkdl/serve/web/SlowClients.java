package dev.bulkdl.serve.web;

import java.io.EOFException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;

/**
 * Ends connections that only keep a place. Without a whole request a connection has a bounded time,
 * whatever bytes it drips. When all places are taken, the one that has been without a request for
 * longest goes. A body has to come with a least rate. Streams that we send are not touched.
 * Thread-safe.
 */
final class SlowClients extends Handler.Wrapper implements Connection.Listener {

  private static final long MOST_LOOK_MILLIS = 1000;

  private final WebServer.Bounds bounds;
  private final Map<EndPoint, Long> waiting = new LinkedHashMap<>();
  private final Map<EndPoint, Visit> asking = new HashMap<>();

  SlowClients(WebServer.Bounds bounds, Handler handler) {
    super(handler);
    this.bounds = bounds;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    lookLater();
  }

  private void lookLater() {
    long millis = Math.min(MOST_LOOK_MILLIS, Math.max(1, bounds.silence().toMillis() / 4));
    Object unused =
        getServer()
            .getScheduler()
            .schedule(
                () -> {
                  look();
                  if (isRunning() || isStarting()) {
                    lookLater();
                  }
                },
                millis,
                TimeUnit.MILLISECONDS);
  }

  private void look() {
    for (Optional<EndPoint> late = nextLate(); late.isPresent(); late = nextLate()) {
      late.get().close(new TimeoutException("no whole request in time"));
    }
  }

  private synchronized Optional<EndPoint> nextLate() {
    long now = NanoTime.now();
    Optional<EndPoint> late =
        waiting.entrySet().stream()
            .findFirst()
            .filter(first -> now - first.getValue() > bounds.silence().toNanos())
            .map(Map.Entry::getKey)
            .or(
                () ->
                    asking.entrySet().stream()
                        .filter(each -> each.getValue().isSlow(now))
                        .findFirst()
                        .map(Map.Entry::getKey));
    late.ifPresent(this::forget);
    return late;
  }

  private synchronized void forget(EndPoint end) {
    waiting.remove(end);
    asking.remove(end);
  }

  @Override
  public void onOpened(Connection connection) {
    Optional<EndPoint> unlucky = opened(socket(connection.getEndPoint()));
    unlucky.ifPresent(end -> end.close(new EOFException("others need the place")));
  }

  private synchronized Optional<EndPoint> opened(EndPoint end) {
    waiting.putIfAbsent(end, NanoTime.now());
    Optional<EndPoint> unlucky =
        waiting.size() + asking.size() > bounds.connections()
            ? waiting.keySet().stream().findFirst()
            : Optional.empty();
    unlucky.ifPresent(this::forget);
    return unlucky;
  }

  @Override
  public void onClosed(Connection connection) {
    forget(socket(connection.getEndPoint()));
  }

  /** TLS is a connection within another one. */
  private static EndPoint socket(EndPoint end) {
    return end instanceof EndPoint.Wrapper wrapper ? socket(wrapper.unwrap()) : end;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    EndPoint end = socket(request.getConnectionMetaData().getConnection().getEndPoint());
    Visit visit = new Visit(request);
    begin(end, visit);
    Request.addCompletionListener(request, error -> done(end, visit));
    return super.handle(visit, response, callback);
  }

  private synchronized void begin(EndPoint end, Visit visit) {
    waiting.remove(end);
    asking.put(end, visit);
  }

  private synchronized void done(EndPoint end, Visit visit) {
    if (asking.remove(end, visit) && end.isOpen()) {
      waiting.put(end, NanoTime.now());
    }
  }

  /** A request that is answered, and how its body comes. */
  private final class Visit extends Request.Wrapper {
    private final long began = NanoTime.now();
    private volatile boolean reads;
    private final AtomicLong bytes = new AtomicLong();

    private Visit(Request request) {
      super(request);
    }

    private boolean isSlow(long now) {
      long nanos = now - began;
      return reads
          && nanos > bounds.silence().toNanos()
          && bytes.get() < bounds.bodyBytesPerSecond() * TimeUnit.NANOSECONDS.toSeconds(nanos);
    }

    @Override
    public void demand(Runnable callback) {
      reads = true;
      super.demand(callback);
    }

    @Override
    public Content.Chunk read() {
      Content.Chunk chunk = super.read();
      if (chunk != null) {
        bytes.addAndGet(chunk.remaining());
        reads = !chunk.isLast();
      }
      return chunk;
    }
  }
}
