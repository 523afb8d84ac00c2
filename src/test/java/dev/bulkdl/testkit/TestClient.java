package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** The JDK's HTTP client, for the test kit's own tests. */
final class TestClient implements AutoCloseable {
  private final HttpClient client;

  TestClient() {
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(Certificate.trusting())
            .build();
  }

  HttpResponse<byte[]> get(URI uri, String... headers) {
    return send("GET", uri, headers);
  }

  HttpResponse<byte[]> send(String method, URI uri, String... headers) {
    try {
      return client.send(request(method, uri, headers), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Completes when the headers have arrived. */
  CompletableFuture<HttpResponse<InputStream>> begin(URI uri, String... headers) {
    return client.sendAsync(
        request("GET", uri, headers), HttpResponse.BodyHandlers.ofInputStream());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private static HttpRequest request(String method, URI uri, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
    return (headers.length == 0 ? builder : builder.headers(headers)).build();
  }
}
