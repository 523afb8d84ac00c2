package dev.bulkdl.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** An option without a value. {@code --json=false} overrides the environment. */
final class Flag implements ITypeConverter<Boolean> {

  @Override
  public Boolean convert(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new TypeConversionException(
              "'" + text + "' is neither true nor false; write for example true");
    };
  }

  /** Makes every boolean option of the command such a flag. The order of the options is kept. */
  static void adapt(CommandSpec command) {
    List<OptionSpec> options = List.copyOf(command.options());
    options.forEach(command::remove);
    options.forEach(option -> command.addOption(adapted(option)));
  }

  private static OptionSpec adapted(OptionSpec option) {
    if (!option.typeInfo().isBoolean() || option.usageHelp() || option.versionHelp()) {
      return option;
    }
    return option.toBuilder().arity("0..1").fallbackValue("true").converters(new Flag()).build();
  }
}
