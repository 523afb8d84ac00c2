package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.bulkdl.model.Origin;
import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.settings.ListedOrigins;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.client.transport.HttpResponse;

/** Every redirect leads to http or https, never from https to http, and carries no secrets. */
class RedirectFuzz {

  private static final List<URI> ASKED =
      List.of(
          URI.create("http://u:p@h/dir/a?q"),
          URI.create("https://u:p@h:8443/a"),
          URI.create("http://u:p@[::1]:81"));

  private static final List<Map.Entry<String, String>> SECRETS = List.of(Map.entry("X-Key", "k"));

  private static final Pattern WEB =
      Pattern.compile("(?i)(https?)://(\\[[^]]*]|[^:/?#@]+)(:[0-9]*)?([/?][!-~&&[^#]]*)?");

  @DictionaryEntries({
    "http://",
    "https://h/",
    "//o/",
    "../",
    "@",
    ":80",
    ":443",
    "%2f",
    "\\\\",
    "#"
  })
  @FuzzTest
  void staysWithHttpAndHttps(byte[] input) {
    URI asked = ASKED.get(input.length == 0 ? 0 : Math.floorMod(input[0], ASKED.size()));
    int start = Math.min(1, input.length);
    String field = new String(input, start, input.length - start, StandardCharsets.UTF_8);
    switch (answer(Credentials.strip(asked), field)) {
      case FetchResponse.Redirect redirect -> check(asked, redirect.target());
      case FetchResponse.Failed failed ->
          assertThat(failed.failure().text()).doesNotContainPattern("\\p{Cntrl}");
      default -> throw new AssertionError("neither followed nor refused");
    }
  }

  private static FetchResponse answer(URI asked, String field) {
    HttpResponse response = new HttpResponse(null).status(302);
    response.headers(headers -> headers.add("Location", field));
    FetchRequest get = new FetchRequest(asked, Optional.empty(), Optional.empty(), List.of());
    return ResponseReader.read(get, response, new NoBody(), Instant.EPOCH);
  }

  /** The origin is read from the text, like a server or a proxy does, and not by java.net.URI. */
  private static void check(URI asked, URI target) {
    Matcher web = WEB.matcher(target.toString());
    assertThat(web.matches()).as(target.toString()).isTrue();
    String scheme = web.group(1).toLowerCase(Locale.ROOT);
    String port = web.group(3) == null ? "" : web.group(3).substring(1);
    int number = port.isEmpty() ? (scheme.equals("https") ? 443 : 80) : Integer.parseInt(port);
    Origin expected = new Origin(scheme, web.group(2).toLowerCase(Locale.ROOT), number);
    assertThat(Origin.of(target)).isEqualTo(expected);
    assertThat(asked.getScheme() + scheme).isNotEqualTo("httpshttp");
    HttpSettings http =
        new HttpSettings(SECRETS, Optional.empty(), false)
            .forList(new ListedOrigins(List.of(Origin.of(asked)), false, Set.of()));
    assertThat(Credentials.headersFor(asked, target, http).isEmpty())
        .isNotEqualTo(expected.equals(Origin.of(asked)));
  }
}
