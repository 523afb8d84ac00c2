package dev.bulkdl.cli;

import dev.bulkdl.model.HostScope;
import dev.bulkdl.model.ScopedHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Reads {@code HOST 'Name: value'}, which are two arguments, or {@code @FILE}. In a file, and in
 * the environment, a line holds a header, with a blank between both parts. No message repeats any
 * of this text: the value is a secret, and the user may have put it in the wrong place.
 */
final class ScopedHeaderArguments implements IParameterConsumer {

  private static final String EXAMPLE = "write for example --header-for example.org 'X-Token: abc'";

  @Override
  @SuppressWarnings("JdkObsolete") // picocli's type
  public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
    List<ScopedHeader> all = new ArrayList<>(option.<List<ScopedHeader>>getValue());
    String first = arguments.isEmpty() ? "" : arguments.pop();
    try {
      if (first.startsWith("@") || first.chars().anyMatch(Character::isWhitespace)) {
        HeaderSource.of(first)
            .forEach(source -> all.add(source.parse(ScopedHeaderArguments::line)));
      } else {
        HostScope scope = HostScope.parse(first);
        all.add(header(scope, arguments.isEmpty() ? "" : arguments.pop()));
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          command.commandLine(),
          "Invalid value for option '--header-for': " + e.getMessage() + "; " + EXAMPLE,
          option,
          first);
    }
    option.setValue(all);
  }

  private static ScopedHeader line(String given) {
    String text = given.stripLeading();
    int blank = 0;
    while (blank < text.length() && !Character.isWhitespace(text.charAt(blank))) {
      blank++;
    }
    return header(HostScope.parse(text.substring(0, blank)), text.substring(blank));
  }

  private static ScopedHeader header(HostScope scope, String text) {
    Map.Entry<String, String> header = HeaderLine.parse(text);
    return new ScopedHeader(scope, header.getKey(), header.getValue());
  }
}
