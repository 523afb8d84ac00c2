package dev.bulkdl.http;

import java.util.ArrayDeque;
import java.util.Queue;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * A response's content. Jetty's thread has read what came with the headers. A small file is whole
 * then: its connection is free, and waits for the next answer, before the file's own thread has
 * woken, which would otherwise have to wake Jetty's again. One thread at a time.
 */
final class ArrivingContent {

  private final Content.Source source;
  private final Queue<Content.Chunk> arrived = new ArrayDeque<>(2);
  private boolean whole;

  private ArrivingContent(Content.Source source) {
    this.source = source;
  }

  /**
   * Reads what is there, once; for the thread that offers the source.
   *
   * @param length what the headers say of it in bytes, negative where they say nothing
   */
  static ArrivingContent from(Content.Source source, long length) {
    ArrivingContent content = new ArrivingContent(source);
    Content.Chunk first = content.arrive();
    if (first != null && !first.isLast() && first.remaining() == length) {
      content.arrive(); // the end, which is there without a wait
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

  /** Whether its end came with the headers, so that Jetty needs nobody to end the exchange. */
  boolean isWhole() {
    return whole;
  }

  /** As {@link Content.Source#read} does it. */
  Content.@Nullable Chunk read() {
    Content.Chunk chunk = arrived.poll();
    return chunk == null ? source.read() : chunk;
  }

  /** As {@link Content.Source#demand} does it, when nothing could be read. */
  void demand(Runnable met) {
    source.demand(met);
  }

  /** Gives back what nobody will read. */
  void release() {
    arrived.forEach(Content.Chunk::release);
    arrived.clear();
  }
}
