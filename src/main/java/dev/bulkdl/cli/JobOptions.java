package dev.bulkdl.cli;

import dev.bulkdl.http.Trust;
import dev.bulkdl.serve.client.JobClient;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which daemon, and with which token. A token is never an argument: others could see it. */
final class JobOptions {

  static final String TOKEN = "BULKDL_TOKEN";

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The address of the daemon's page (${DEFAULT-VALUE}).")
  private String server = "http://127.0.0.1:8017/";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The file with the token (the variable " + TOKEN + ").")
  private @Nullable Path tokenFile;

  @Option(
      names = "--cacert",
      paramLabel = "FILE",
      converter = EngineOptions.CaCert.class,
      description = "Trust these PEM certificates in place of the system's.")
  private @Nullable Path cacert;

  /**
   * Returns a client.
   *
   * @throws IllegalArgumentException if something is missing; the message says what
   * @throws IOException if a file cannot be read
   */
  JobClient client(Map<String, String> environment) throws IOException {
    String token =
        tokenFile == null
            ? environment.getOrDefault(TOKEN, "").strip()
            : Files.readString(tokenFile, StandardCharsets.UTF_8).strip();
    if (token.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no token; make one on the page under Tokens, and put it into the variable "
              + TOKEN
              + " or a file for --token-file");
    }
    Optional<SSLContext> trust =
        cacert == null ? Optional.empty() : Optional.of(Trust.only(cacert));
    return new JobClient(address(), token, trust);
  }

  private URI address() {
    try {
      URI address = new URI(server.strip());
      boolean isWeb =
          "http".equalsIgnoreCase(address.getScheme())
              || "https".equalsIgnoreCase(address.getScheme());
      if (isWeb && address.getHost() != null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "--server: '" + server + "' is no address; write for example https://dl.example.org/");
  }
}
