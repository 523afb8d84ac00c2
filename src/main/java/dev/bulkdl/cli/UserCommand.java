package dev.bulkdl.cli;

import dev.bulkdl.report.ExitCode;
import dev.bulkdl.serve.UserAdmin;
import dev.bulkdl.text.IoText;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bulkdl user}: the accounts of a daemon, on its state folder. */
@Command(
    name = "user",
    customSynopsis = {
      "bulkdl user add NAME [--role ROLE] [--password-file FILE] [OPTIONS]",
      "bulkdl user passwd|disable|enable NAME [OPTIONS]",
      "bulkdl user list [OPTIONS]"
    },
    sortOptions = false,
    description = "Manage the users of bulkdl serve; works with and without a running daemon.",
    footer = {
      "",
      "The password is read from a file, from standard input, or asked for.",
      "Exit codes: 0 done, 2 usage, 4 local disk."
    })
final class UserCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "ACTION",
      description = "add, passwd, list, disable or enable.")
  private String action;

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "The user.")
  private @Nullable String name;

  @Mixin private ServeFolders folders;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "admin, write or read (${DEFAULT-VALUE}).")
  private String role = "write";

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "The user's folder below --root (the name).")
  private @Nullable String folder;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "The file with the password; - is standard input.")
  private @Nullable Path passwordFile;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
  UserCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (UserAdmin users = UserAdmin.open(folders.folders())) {
      switch (action) {
        case "list" -> users.list().forEach(terminal.out()::println);
        case "add" ->
            terminal.say(users.add(name(), role, password(), Optional.ofNullable(folder)));
        case "passwd" -> terminal.say(users.password(name(), password()));
        case "disable" -> terminal.say(users.disable(name(), true));
        case "enable" -> terminal.say(users.disable(name(), false));
        default -> throw wrong("'" + action + "' is none of add, passwd, list, disable and enable");
      }
      return ExitCode.COMPLETE;
    } catch (UserAdmin.Refused e) {
      terminal.say(String.valueOf(e.getMessage()));
      return ExitCode.USAGE;
    } catch (IOException e) {
      terminal.say(IoText.reason(e));
      return ExitCode.DISK;
    }
  }

  private String name() {
    if (name == null) {
      throw wrong("name the user, for example: bulkdl user " + action + " alice");
    }
    return name;
  }

  private String password() throws IOException {
    if (passwordFile != null && !passwordFile.toString().equals("-")) {
      return Files.readString(passwordFile, StandardCharsets.UTF_8).strip();
    }
    Console console = passwordFile == null ? System.console() : null;
    if (console != null) {
      char[] typed = console.readPassword("password for %s: ", name());
      return typed == null ? "" : new String(typed);
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    return Optional.ofNullable(in.readLine()).orElse("");
  }

  private ParameterException wrong(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}
