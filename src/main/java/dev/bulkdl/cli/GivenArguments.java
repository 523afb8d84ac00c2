package dev.bulkdl.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The arguments of the command line, and what a message may repeat of them. A secret may follow
 * certain options, even as a further argument, if the user forgot the quotes. So no message repeats
 * an argument that stands behind the first of these options. It says "argument 4" instead.
 */
record GivenArguments(List<String> all) {

  /** Options with a secret as their value, here or in other programs such as curl and wget. */
  private static final List<String> SECRET =
      List.of(
          "--header",
          "-H",
          "-u",
          "-U",
          "-b",
          "--user",
          "--proxy-user",
          "--password",
          "--http-user",
          "--http-password",
          "--http-passwd",
          "--token",
          "--cookie",
          "--oauth2-bearer");

  private static final Set<String> PROXIES =
      Set.of("--http-proxy", "--https-proxy", "--proxy", "-x");

  GivenArguments {
    all = List.copyOf(all);
  }

  /** Returns the arguments of the call that this command belongs to. */
  static GivenArguments of(CommandSpec command) {
    return new GivenArguments(command.root().commandLine().getParseResult().originalArgs());
  }

  /** Returns true if an argument behind a secret option holds exactly this text as its value. */
  boolean mayBeSecret(String text) {
    return number(text) > 0;
  }

  /** Returns the place of a text that may be a secret, such as {@code argument 4}. */
  String place(String text) {
    return "argument " + number(text);
  }

  /** Returns the first option behind which arguments may be secrets; empty if there is none. */
  String secretOption() {
    int first = firstSecret();
    return first == all.size() ? "" : nameOf(all.get(first));
  }

  /** Returns the number, from 1, of the argument with this value; 0 if it may be repeated. */
  private int number(String text) {
    for (int i = firstSecret() + 1; i < all.size(); i++) {
      if (holds(all.get(i), text)) {
        return i + 1;
      }
    }
    return 0;
  }

  private static boolean holds(String argument, String value) {
    return argument.equals(value)
        || (argument.startsWith("-") && !value.isEmpty() && argument.endsWith(value));
  }

  private int firstSecret() {
    int i = 0;
    while (i < all.size() && !isSecretOption(i)) {
      i++;
    }
    return i;
  }

  private boolean isSecretOption(int i) {
    String argument = all.get(i);
    if (PROXIES.contains(nameOf(argument))) {
      String value = argument.contains("=") || i + 1 == all.size() ? argument : all.get(i + 1);
      return value.contains("@");
    }
    return SECRET.stream().anyMatch(argument::startsWith);
  }

  /** Returns an option without a value that is attached to it. */
  static String nameOf(String option) {
    if (!option.startsWith("--")) {
      return option.length() > 2 ? option.substring(0, 2) : option;
    }
    int equals = option.indexOf('=');
    return equals < 0 ? option : option.substring(0, equals);
  }
}
