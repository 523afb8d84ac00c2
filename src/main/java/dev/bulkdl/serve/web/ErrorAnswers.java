package dev.bulkdl.serve.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers requests that are no valid HTTP, in the same form as all other refusals. */
final class ErrorAnswers extends ErrorHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    SecurityHeaders.ofApi(response.getHeaders());
    byte[] body = body(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Sending.PROBLEM_TYPE);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private static byte[] body(int status) {
    String text =
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"id\":\"-\"}"
            .formatted(
                Problem.title(status),
                status,
                status == Problem.UNAVAILABLE
                    ? "the daemon is being stopped"
                    : "the request is not valid HTTP, or has too long headers");
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
