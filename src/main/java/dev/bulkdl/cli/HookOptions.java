package dev.bulkdl.cli;

import dev.bulkdl.hook.HookCommand;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that name commands of the user. */
final class HookOptions {

  @Option(
      names = "--on-file",
      paramLabel = "CMD",
      converter = Command.class,
      description = "Run this for each file that has ended; see BULKDL_RESULT_* there.")
  private @Nullable HookCommand onFile;

  @Option(
      names = "--on-complete",
      paramLabel = "CMD",
      converter = Command.class,
      description = "Run this when the run has ended; words as in a shell, but no shell.")
  private @Nullable HookCommand onComplete;

  Optional<HookCommand> onFile() {
    return Optional.ofNullable(onFile);
  }

  Optional<HookCommand> onComplete() {
    return Optional.ofNullable(onComplete);
  }

  /** Reads the words of a command. The first word is the program. */
  static final class Command implements ITypeConverter<HookCommand> {
    @Override
    public HookCommand convert(String text) {
      try {
        return HookCommand.parse(text, Optional.ofNullable(System.getenv("PATH")).orElse(""));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "'%s' cannot be run: %s; write for example './publish.sh --fast'"
                .formatted(text, e.getMessage()));
      }
    }
  }
}
