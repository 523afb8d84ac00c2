package dev.bulkdl.serve;

import dev.bulkdl.serve.web.Services;
import dev.bulkdl.serve.web.WebServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the command line and the configuration file say about a daemon. Nothing of it can be changed
 * by the API.
 *
 * @param allowNetworks private networks that downloads may reach, and where each was given
 * @param mostJobs jobs that run at one time
 * @param keepHistory how long jobs are listed after their end; empty for ever
 */
public record DaemonSettings(
    InetSocketAddress listen,
    Folders folders,
    Web web,
    List<Services.Given> allowNetworks,
    int mostJobs,
    Optional<Duration> keepHistory) {

  /**
   * The two folders of a daemon.
   *
   * @param state database, manifests, logs; for the daemon's account only
   * @param root below it each user has a folder
   */
  public record Folders(Path state, Path root) {}

  public record Web(WebServer.SiteOptions site, Optional<WebServer.Tls> tls) {}

  /** The first user, where nobody opens the page. */
  public record FirstUser(String name, Path passwordFile) {}
}
