package dev.bulkdl.serve.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The entry of all requests: knows the host, then gives the page or asks the API. */
final class RootHandler extends Handler.Abstract {

  private static final int FOUND = 308;

  private final Site site;
  private final Api api;
  private final StaticPage page;

  RootHandler(Site site, Api api) {
    this.site = site;
    this.api = api;
    this.page = new StaticPage(site.basePath());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String host = Api.host(request);
    if (!site.knows(host, local(request))) {
      api.refuse(
          Problem.of(
              Problem.MISDIRECTED,
              "this daemon is not known as the host of the header Host; start it with"
                  + " --public-url and the address that the browser shows"),
          response,
          callback);
      return true;
    }
    String path = String.valueOf(request.getHttpURI().getCanonicalPath());
    if (path.startsWith(site.api() + "/")) {
      api.handle(path.substring(site.api().length()), request, response, callback);
    } else {
      page(path, request, response, callback);
    }
    return true;
  }

  private void page(String path, Request request, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    SecurityHeaders.ofPage(headers);
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      headers.put(HttpHeader.ALLOW, "GET, HEAD");
      api.refuse(
          Problem.of(Problem.METHOD_NOT_ALLOWED, "the page has only GET"), response, callback);
      return;
    }
    if (path.equals(site.basePath()) && !path.isEmpty()) {
      response.setStatus(FOUND);
      headers.put(HttpHeader.LOCATION, site.basePath() + "/");
      callback.succeeded();
      return;
    }
    Optional<StaticPage.Asset> asset =
        path.startsWith(site.basePath() + "/")
            ? page.find(path.substring(site.basePath().length()))
            : Optional.empty();
    if (asset.isEmpty()) {
      api.refuse(Problem.notFound(), response, callback);
      return;
    }
    send(asset.get(), request, response, callback);
  }

  private static void send(
      StaticPage.Asset asset, Request request, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    String accepted = request.getHeaders().get(HttpHeader.ACCEPT_ENCODING);
    boolean zipped = asset.zipped().isPresent() && accepted != null && accepted.contains("gzip");
    byte[] content = zipped ? asset.zipped().orElseThrow() : asset.content();
    headers.put(HttpHeader.CONTENT_TYPE, asset.type());
    headers.put(HttpHeader.CACHE_CONTROL, asset.cache());
    headers.put(HttpHeader.VARY, "Accept-Encoding");
    if (zipped) {
      headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
    }
    headers.put(HttpHeader.CONTENT_LENGTH, content.length);
    response.setStatus(Answer.OK);
    response.write(true, ByteBuffer.wrap(content), callback);
  }

  private static InetAddress local(Request request) {
    return request.getConnectionMetaData().getLocalSocketAddress() instanceof InetSocketAddress at
        ? at.getAddress()
        : InetAddress.getLoopbackAddress();
  }
}
