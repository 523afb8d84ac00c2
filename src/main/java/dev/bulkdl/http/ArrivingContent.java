package dev.bulkdl.http;

import java.util.ArrayDeque;
import java.util.Queue;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * A response's content, including what Jetty's thread has read together with the headers. A small
 * file is complete at that moment. Its connection is then free for the next request before the
 * file's own thread has woken, and Jetty's thread need not be woken again. Not thread-safe: one
 * thread at a time uses it.
 */
final class ArrivingContent {

  private final Content.Source source;
  private final Queue<Content.Chunk> arrived = new ArrayDeque<>(2);
  private boolean whole;

  private ArrivingContent(Content.Source source) {
    this.source = source;
  }

  /**
   * Reads once what has arrived. Jetty's thread calls this when it offers the source.
   *
   * @param length the Content-Length in bytes; negative if unknown
   */
  static ArrivingContent from(Content.Source source, long length) {
    ArrivingContent content = new ArrivingContent(source);
    Content.Chunk first = content.arrive();
    if (first != null && !first.isLast() && first.remaining() == length) {
      content.arrive(); // the end, which is available without waiting
    }
    return content;
  }

  private Content.@Nullable Chunk arrive() {
    Content.Chunk chunk = source.read();
    if (chunk != null) {
      arrived.add(chunk);
      whole = chunk.isLast() && !Content.Chunk.isFailure(chunk);
    }
    return chunk;
  }

  /**
   * Whether the content ended together with the headers, so that nobody has to end the exchange.
   */
  boolean isWhole() {
    return whole;
  }

  /** Reads like {@link Content.Source#read}. */
  Content.@Nullable Chunk read() {
    Content.Chunk chunk = arrived.poll();
    return chunk == null ? source.read() : chunk;
  }

  /** Demands like {@link Content.Source#demand}. Call it after a read returned null. */
  void demand(Runnable met) {
    source.demand(met);
  }

  /** Releases chunks that nobody will read. */
  void release() {
    arrived.forEach(Content.Chunk::release);
    arrived.clear();
  }
}
