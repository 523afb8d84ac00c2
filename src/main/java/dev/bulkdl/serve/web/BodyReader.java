package dev.bulkdl.serve.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;

/**
 * Reads bodies without keeping a thread while a client is slow. Lists go to a file of the state
 * folder as they come.
 */
final class BodyReader {

  static final int MOST_JSON = 1 << 20;

  /** For pasted lists of URLs. */
  static final int MOST_PASTED = 16 << 20;

  private static final int MOST_OPTIONS = 64 << 10;
  private static final int MOST_PARTS = 4;
  private static final int MOST_PART_HEADERS = 4 << 10;

  private final Path folder;
  private final long mostUploaded;

  BodyReader(Path folder, long mostUploaded) {
    this.folder = folder;
    this.mostUploaded = mostUploaded;
  }

  /** Returns the body when it is whole; fails with a {@link Problem} if it is too large. */
  CompletableFuture<Payload> read(Route.Body kind, Request request) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    boolean isForm = type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    return switch (kind) {
      case NONE -> CompletableFuture.completedFuture(new Payload.None());
      case JSON -> bytes(request, MOST_JSON);
      case UPLOAD -> isForm ? form(request, type) : bytes(request, MOST_PASTED);
    };
  }

  private static CompletableFuture<Payload> bytes(Request request, int most) {
    if (request.getLength() > most) {
      return CompletableFuture.failedFuture(tooLarge(most));
    }
    CompletableFuture<byte[]> whole = new CompletableFuture<>();
    Content.Source.asByteArrayAsync(request, most, Promise.Invocable.toPromise(whole));
    return whole.handle(
        (bytes, error) -> {
          if (error == null) {
            return new Payload.Bytes(bytes);
          }
          throw error instanceof IllegalStateException || error instanceof IllegalArgumentException
              ? tooLarge(most)
              : new CompletionException(error);
        });
  }

  private static Problem tooLarge(long most) {
    return Problem.of(Problem.TOO_LARGE, "the body has more than " + most + " bytes");
  }

  private CompletableFuture<Payload> form(Request request, String type) {
    if (request.getLength() > mostUploaded) {
      return CompletableFuture.failedFuture(tooLarge(mostUploaded));
    }
    MultiPartConfig config =
        new MultiPartConfig.Builder()
            .location(folder)
            .maxParts(MOST_PARTS)
            .maxSize(mostUploaded)
            .maxPartSize(mostUploaded)
            .maxMemoryPartSize(MOST_OPTIONS)
            .maxHeadersSize(MOST_PART_HEADERS)
            .build();
    CompletableFuture<MultiPartFormData.Parts> whole = new CompletableFuture<>();
    MultiPartFormData.onParts(request, request, type, config, Promise.Invocable.toPromise(whole));
    return whole.handle(
        (parts, error) -> {
          if (error != null) {
            throw request.getLength() < 0 || isForm(error)
                ? Problem.of(
                    Problem.BAD_REQUEST,
                    "the multipart body is incomplete, wrong, or has more than "
                        + mostUploaded
                        + " bytes")
                : new CompletionException(error);
          }
          try (parts) {
            return upload(parts);
          }
        });
  }

  private static boolean isForm(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return !(cause instanceof TimeoutException);
  }

  private Payload upload(MultiPartFormData.Parts parts) {
    MultiPart.Part manifest = parts.getFirst("manifest");
    if (manifest == null) {
      throw Problem.field("manifest", "the multipart body has no part 'manifest'");
    }
    MultiPart.Part options = parts.getFirst("options");
    if (options != null && options.getLength() > MOST_OPTIONS) {
      throw Problem.field("options", "the part has more than " + MOST_OPTIONS + " bytes");
    }
    Optional<byte[]> text =
        Optional.ofNullable(options)
            .map(part -> part.getContentAsString(StandardCharsets.UTF_8))
            .map(content -> content.getBytes(StandardCharsets.UTF_8));
    String name = manifest.getFileName() == null ? "" : manifest.getFileName();
    try {
      Path file = Files.createTempFile(folder, "upload", ".part");
      manifest.writeTo(file);
      return new Payload.Upload(text, file, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes what belongs to a body. */
  static void release(Payload payload) {
    if (payload instanceof Payload.Upload upload) {
      try {
        Files.deleteIfExists(upload.file());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
