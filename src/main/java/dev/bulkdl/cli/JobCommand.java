package dev.bulkdl.cli;

import dev.bulkdl.report.ExitCode;
import dev.bulkdl.report.HumanFormat;
import dev.bulkdl.serve.client.ApiException;
import dev.bulkdl.serve.client.JobClient;
import dev.bulkdl.serve.client.JobView;
import dev.bulkdl.text.IoText;
import dev.bulkdl.text.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bulkdl job}: orders and steers jobs of a daemon. */
@Command(
    name = "job",
    customSynopsis = {
      "bulkdl job add MANIFEST|URL... [--name NAME] [--folder DIR] [--held] [OPTIONS]",
      "bulkdl job list [OPTIONS]",
      "bulkdl job show|start|pause|resume|cancel|retry|watch ID... [OPTIONS]"
    },
    sortOptions = false,
    description = "Order and steer jobs of bulkdl serve.",
    footer = {
      "",
      "The token is in the variable BULKDL_TOKEN or in the file of --token-file.",
      "Exit codes: 0 done, 1 the daemon refused or the watched job has failures, 2 usage,",
      "3 the daemon does not answer."
    })
final class JobCommand implements Callable<Integer> {

  private static final Set<String> ACTIONS = Set.of("start", "pause", "resume", "cancel", "retry");

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "ACTION",
      description = "add, list, show, start, pause, resume, cancel, retry or watch.")
  private String action;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "WHAT",
      description = "A manifest or URLs to add, or the ids of jobs.")
  private List<String> what = List.of();

  @Mixin private JobOptions options;

  @Option(names = "--name", paramLabel = "NAME", description = "The name of the new job.")
  private @Nullable String name;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Where its files go, below your folder.")
  private @Nullable String folder;

  @Option(names = "--held", description = "The new job waits until it is started.")
  private boolean held;

  @Option(names = "--json", description = "Print jobs as JSON, one a line.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
  JobCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (JobClient client = options.client(terminal.environment())) {
      return run(client);
    } catch (ApiException e) {
      terminal.say(String.valueOf(e.getMessage()));
      return e.status() == 0 ? ExitCode.TRY_AGAIN : ExitCode.FAILED;
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      terminal.say(IoText.reason(e));
      return ExitCode.DISK;
    }
  }

  private int run(JobClient client) throws ApiException, IOException {
    switch (action) {
      case "add" -> print(add(client));
      case "list" -> client.list().forEach(this::print);
      case "show" -> {
        for (String id : ids()) {
          print(client.show(id));
        }
      }
      case "watch" -> {
        return watch(client);
      }
      default -> {
        if (!ACTIONS.contains(action)) {
          throw wrong(
              "'"
                  + action
                  + "' is none of add, list, show, start, pause, resume, cancel, retry"
                  + " and watch");
        }
        for (String id : ids()) {
          print(client.act(id, action));
        }
      }
    }
    return ExitCode.COMPLETE;
  }

  private List<String> ids() {
    if (what.isEmpty()) {
      throw wrong("name a job, for example: bulkdl job " + action + " ID; see bulkdl job list");
    }
    return what;
  }

  private JobView add(JobClient client) throws ApiException, IOException {
    if (what.isEmpty()) {
      throw wrong("name a manifest or URLs, for example: bulkdl job add files.csv");
    }
    Map<String, String> wanted = new LinkedHashMap<>();
    if (name != null) {
      wanted.put("name", name);
    }
    if (folder != null) {
      wanted.put("folder", folder);
    }
    wanted.put("start", held ? "held" : "now");
    boolean isList = what.stream().allMatch(word -> word.contains("://"));
    if (isList) {
      return client.add(what, wanted);
    }
    Path manifest = Path.of(UserPath.expanded(what.getFirst()));
    if (what.size() > 1 || !Files.isRegularFile(manifest)) {
      throw wrong("'" + what.getFirst() + "' is neither a file nor a URL");
    }
    return client.add(manifest, wanted);
  }

  private int watch(JobClient client) throws ApiException {
    int code = ExitCode.COMPLETE;
    for (String id : ids()) {
      JobView[] last = new JobView[1];
      client.watch(
          id,
          job -> {
            print(job);
            last[0] = job;
            return !job.hasEnded() && !terminal.hasLostOutput();
          });
      if (!last[0].state().equals("done")) {
        code = ExitCode.FAILED;
      }
    }
    return code;
  }

  private void print(JobView job) {
    terminal.out().println(json ? job.json() : line(job));
    terminal.out().flush();
  }

  private static String line(JobView job) {
    JobView.Numbers numbers = job.numbers();
    return Redaction.of(
        "%s  %-18s %d of %d files%s, %s%s  %s%s"
            .formatted(
                job.id(),
                job.state(),
                numbers.finished(),
                numbers.rows(),
                numbers.failed() == 0 ? "" : ", " + numbers.failed() + " failed",
                HumanFormat.bytes(numbers.done()),
                numbers.rate() == 0 ? "" : ", " + HumanFormat.bytes(numbers.rate()) + "/s",
                job.name(),
                job.reason().map(why -> "  (" + why + ")").orElse("")));
  }

  private ParameterException wrong(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}
