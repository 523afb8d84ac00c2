package dev.bulkdl.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads {@code 'Name: value'} or {@code @FILE}. No message repeats a value, which is a secret. */
final class HeaderArguments implements IParameterConsumer {

  @Override
  @SuppressWarnings("JdkObsolete") // picocli's type
  public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
    List<Map.Entry<String, String>> all =
        new ArrayList<>(option.<List<Map.Entry<String, String>>>getValue());
    String value = arguments.isEmpty() ? "" : arguments.pop();
    try {
      HeaderSource.of(value).forEach(source -> all.add(source.parse(HeaderLine::parse)));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          command.commandLine(),
          "Invalid value for option '--header': "
              + e.getMessage()
              + "; write for example 'X-Token: abc'",
          option,
          value);
    }
    option.setValue(all);
  }
}
