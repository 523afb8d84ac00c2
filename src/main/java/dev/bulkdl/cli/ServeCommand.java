package dev.bulkdl.cli;

import dev.bulkdl.report.ExitCode;
import dev.bulkdl.serve.Daemon;
import dev.bulkdl.serve.DaemonSettings.FirstUser;
import dev.bulkdl.serve.RefusedException;
import dev.bulkdl.text.IoText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bulkdl serve}: a daemon with a page and an API for several people. */
@Command(
    name = "serve",
    customSynopsis = "bulkdl serve [OPTIONS]",
    sortOptions = false,
    description = "Download for several people, with a page in the browser and an API.",
    footer = {
      "",
      "The first start prints a setup code for the page. Without a user it listens on this machine",
      "only. BULKDL_SETUP_USER and BULKDL_SETUP_PASSWORD_FILE make the first user without a browser.",
      "SIGTERM stops; what was downloaded is kept, and the next start goes on. See docs/serve.md.",
      "Exit codes: 0 stopped, 2 refused settings, 4 local disk."
    })
final class ServeCommand implements Callable<Integer> {

  static final String FIRST_USER = "BULKDL_SETUP_USER";
  static final String FIRST_PASSWORD = "BULKDL_SETUP_PASSWORD_FILE";
  private static final int HALT_AT = 3;
  private static final int TERM = 15;

  private final Terminal terminal;

  @Mixin private ServeOptions options;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
  ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Daemon daemon = Daemon.start(options.settings(), firstUser(), this::say)) {
      hearSignals(daemon);
      daemon.await();
      say("stopping; what was downloaded is kept, and the next start goes on");
      return ExitCode.COMPLETE;
    } catch (RefusedException e) {
      terminal.say(String.valueOf(e.getMessage()));
      return ExitCode.USAGE;
    } catch (IOException e) {
      terminal.say(IoText.reason(e));
      return ExitCode.DISK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.COMPLETE;
    }
  }

  /** The lines go out at once, also where the output is a file or a pipe. */
  private void say(String line) {
    line.lines().forEach(terminal::say);
    terminal.err().flush();
  }

  private Optional<FirstUser> firstUser() throws RefusedException {
    Map<String, String> environment = terminal.environment();
    String name = environment.getOrDefault(FIRST_USER, "");
    String file = environment.getOrDefault(FIRST_PASSWORD, "");
    if (name.isEmpty() != file.isEmpty()) {
      throw new RefusedException("set both " + FIRST_USER + " and " + FIRST_PASSWORD);
    }
    return name.isEmpty() ? Optional.empty() : Optional.of(new FirstUser(name, Path.of(file)));
  }

  /** With {@code --drain}, the first signal waits for the runs and the second stops them. */
  private void hearSignals(Daemon daemon) {
    AtomicInteger count = new AtomicInteger(options.drains() ? 0 : 1);
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      Object unused =
          org.jline.utils.Signals.register(
              name,
              () -> {
                switch (count.incrementAndGet()) {
                  case 1 -> {
                    say("no more jobs start; waiting for those that run");
                    daemon.drain();
                  }
                  case 2 -> daemon.end();
                  default -> {
                    if (count.get() > HALT_AT) {
                      Signals.haltAtOnce(TERM);
                    }
                  }
                }
              });
    }
  }
}
