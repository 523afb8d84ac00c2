package dev.bulkdl.demo;

import dev.bulkdl.demo.RangeField.Ignored;
import dev.bulkdl.demo.RangeField.Part;
import dev.bulkdl.demo.RangeField.Unsatisfiable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers GET and HEAD for generated files. Supports single ranges and If-Range (RFC 9110 §13.1.5,
 * §14). The files never change, so other conditions are ignored.
 */
final class FileHandler extends Handler.Abstract {

  private static final String LAST_MODIFIED = "Wed, 01 Jan 2025 00:00:00 GMT";
  private static final HttpField ACCEPT_RANGES =
      new PreEncodedHttpField(HttpHeader.ACCEPT_RANGES, "bytes");
  private static final HttpField MODIFIED =
      new PreEncodedHttpField(HttpHeader.LAST_MODIFIED, LAST_MODIFIED);
  private static final HttpField TYPE =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/octet-stream");

  private final Map<String, DemoFile> byPath;

  FileHandler(List<DemoFile> files) {
    byPath =
        files.stream().collect(Collectors.toMap(file -> "/" + file.name(), Function.identity()));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    DemoFile file = byPath.get(Request.getPathInContext(request));
    if (file == null) {
      Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
    } else if (HttpMethod.GET.is(request.getMethod())) {
      get(file, request, response, callback);
    } else if (HttpMethod.HEAD.is(request.getMethod())) {
      describe(file, HttpStatus.OK_200, file.size(), response);
      callback.succeeded();
    } else {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
    }
    return true;
  }

  private static void get(DemoFile file, Request request, Response response, Callback callback) {
    switch (wanted(file, request.getHeaders())) {
      case Ignored ignored -> {
        describe(file, HttpStatus.OK_200, file.size(), response);
        send(file, new Part(0, file.size()), response, callback);
      }
      case Part part -> {
        describe(file, HttpStatus.PARTIAL_CONTENT_206, part.end() - part.first(), response);
        String bytes = part.first() + "-" + (part.end() - 1);
        response.getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes " + bytes + "/" + file.size());
        send(file, part, response, callback);
      }
      case Unsatisfiable ignored -> {
        describe(file, HttpStatus.RANGE_NOT_SATISFIABLE_416, 0, response);
        response.getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes */" + file.size());
        callback.succeeded();
      }
    }
  }

  private static RangeField wanted(DemoFile file, HttpFields headers) {
    String range = headers.get(HttpHeader.RANGE);
    String condition = headers.get(HttpHeader.IF_RANGE);
    boolean holds =
        condition == null || condition.equals(file.etag()) || condition.equals(LAST_MODIFIED);
    return range == null || !holds ? new Ignored() : RangeField.read(range, file.size());
  }

  private static void describe(DemoFile file, int status, long length, Response response) {
    response.setStatus(status);
    response
        .getHeaders()
        .add(ACCEPT_RANGES)
        .add(MODIFIED)
        .add(TYPE)
        .add(HttpHeader.ETAG, file.etag())
        .add(HttpHeader.CONTENT_LENGTH, length);
  }

  private static void send(DemoFile file, Part part, Response response, Callback callback) {
    if (part.first() == part.end()) {
      callback.succeeded();
    } else {
      new Sending(file.content(), part, response, callback).iterate();
    }
  }
}
