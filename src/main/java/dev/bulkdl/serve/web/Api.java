package dev.bulkdl.serve.web;

import dev.bulkdl.serve.user.Principal;
import dev.bulkdl.serve.user.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.URIUtil;

/**
 * Leads a request through the API: who sends it, which route it means, whether it may, its body,
 * its handler, the answer. Every refusal is a {@link Problem}.
 */
final class Api {

  private static final int REQUESTS_OF_ONE_USER = 32;
  private static final int MOST_PARAMETERS = 50;

  private final RouteTable routes;
  private final Authentication authentication;
  private final Parts parts;
  private final Idempotency idempotency;
  private final Json json = new Json();
  private final Sending sending = new Sending(json, new Secrets()::id);
  private final Busy busy = new Busy(REQUESTS_OF_ONE_USER);

  /**
   * What the API needs beside routes and accounts.
   *
   * @param bodies reads bodies
   * @param executor runs handlers
   * @param bugs hears of errors that are ours
   */
  record Parts(
      Site site, Services services, BodyReader bodies, Executor executor, Consumer<String> bugs) {}

  Api(RouteTable routes, Authentication authentication, Parts parts) {
    this.routes = routes;
    this.authentication = authentication;
    this.parts = parts;
    this.idempotency = new Idempotency(parts.services().database(), json, InstantSource.system());
  }

  /**
   * @param path decoded in no way, below {@code /api/v1}
   */
  void handle(String path, Request request, Response response, Callback callback) {
    SecurityHeaders.ofApi(response.getHeaders());
    try {
      begin(path, request, response, callback);
    } catch (RuntimeException e) {
      fail(e, request, response, callback);
    }
  }

  private void begin(String path, Request request, Response response, Callback callback) {
    String host = host(request);
    Call.Client client =
        new Call.Client(
            parts.site().client(peer(request), Optional.ofNullable(forwarded(request))),
            parts.site().isSecure(host));
    Optional<Principal> who = authentication.of(request);
    RouteTable.Found.One found =
        Admission.admit(routes.find(request.getMethod(), decoded(path)), who, facts(request, host));
    if (found.route().isOfJob()) {
      requireOwner(who.orElseThrow(), found.values().getOrDefault("id", ""));
    }
    Call.Asked asked = new Call.Asked(found.values(), query(request), headers(request), client);
    String user = who.map(each -> each.user().id()).orElse("from " + client.address());
    if (!busy.enter(user)) {
      throw Problem.later(
          Problem.TOO_MANY, 1, "there are " + REQUESTS_OF_ONE_USER + " of your requests at work");
    }
    Callback done = Callback.from(callback, () -> busy.leave(user));
    Call call = new Call(asked, who, new Payload.None(), json);
    if (found.route().shape().body() == Route.Body.NONE) {
      run(found.route(), call, new Exchange(request, response, done));
      return;
    }
    CompletableFuture<Payload> unused =
        parts
            .bodies()
            .read(found.route().shape().body(), request)
            .whenCompleteAsync(
                (payload, error) -> {
                  Exchange exchange = new Exchange(request, response, done);
                  if (error == null) {
                    run(found.route(), new Call(asked, who, payload, json), exchange);
                  } else {
                    fail(error, request, response, done);
                  }
                },
                parts.executor());
  }

  private record Exchange(Request request, Response response, Callback callback) {}

  private void run(Route route, Call call, Exchange exchange) {
    Answer answer;
    try {
      Optional<String> key =
          Idempotency.isFor(route) ? call.header("idempotency-key") : Optional.empty();
      answer =
          key.isPresent() ? idempotency.once(route, call, key.get()) : route.handler().handle(call);
    } catch (IOException | RuntimeException e) {
      fail(e, exchange.request, exchange.response, exchange.callback);
      return;
    } finally {
      BodyReader.release(call.payload());
    }
    sending.send(answer, exchange.request, exchange.response, exchange.callback);
  }

  /** Another user's job is as unknown as one that does not exist. */
  private void requireOwner(Principal who, String job) {
    boolean mayUse =
        parts
            .services()
            .owner(job)
            .filter(owner -> who.seesAll() || owner.equals(who.user().id()))
            .isPresent();
    if (!mayUse) {
      throw Problem.notFound();
    }
  }

  private void fail(Throwable error, Request request, Response response, Callback callback) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    Problem problem = Problems.of(cause);
    if (problem.status() == Problem.BAD_REQUEST || problem.status() == Problem.TOO_LARGE) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close"); // the rest of the body is not read
    }
    String id = sending.problem(problem, response, callback);
    if (problem.status() == Problem.BUG) {
      parts.bugs().accept(Problems.trace(id, request.getMethod(), cause));
    }
  }

  void refuse(Problem problem, Response response, Callback callback) {
    SecurityHeaders.ofApi(response.getHeaders());
    sending.problem(problem, response, callback);
  }

  private Admission.Facts facts(Request request, String host) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return new Admission.Facts(
        Optional.ofNullable(request.getHeaders().get(HttpHeader.ORIGIN))
            .map(origin -> parts.site().isOwnOrigin(origin, host)),
        Optional.ofNullable(request.getHeaders().get("Sec-Fetch-Site")),
        Optional.ofNullable(request.getHeaders().get(Admission.GUARD_HEADER)),
        "websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE)),
        Optional.ofNullable(type)
            .map(text -> text.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)));
  }

  static String host(Request request) {
    String host = request.getHeaders().get(HttpHeader.HOST);
    return host == null ? "" : host;
  }

  private static String forwarded(Request request) {
    return String.join(",", request.getHeaders().getValuesList("X-Forwarded-For"));
  }

  static InetAddress peer(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress to
        ? to.getAddress()
        : InetAddress.getLoopbackAddress();
  }

  private static String decoded(String path) {
    try {
      return URIUtil.decodePath(path);
    } catch (IllegalArgumentException e) {
      throw Problem.of(Problem.BAD_REQUEST, "the path has a wrong percent encoding");
    }
  }

  private static Map<String, String> query(Request request) {
    Map<String, String> values = new HashMap<>();
    Fields fields;
    try {
      fields = Request.extractQueryParameters(request);
    } catch (RuntimeException e) {
      throw Problem.of(Problem.BAD_REQUEST, "the query has a wrong percent encoding");
    }
    if (fields.getSize() > MOST_PARAMETERS) {
      throw Problem.of(Problem.BAD_REQUEST, "the query has too many parameters");
    }
    for (Fields.Field field : fields) {
      values.put(field.getName(), String.valueOf(field.getValues().getLast()));
    }
    return values;
  }

  private static Map<String, String> headers(Request request) {
    Map<String, String> values = new HashMap<>();
    for (HttpField field : request.getHeaders()) {
      if (field.getValue() != null) {
        values.put(field.getName().toLowerCase(Locale.ROOT), field.getValue());
      }
    }
    return values;
  }
}
