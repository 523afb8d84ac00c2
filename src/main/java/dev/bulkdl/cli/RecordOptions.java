package dev.bulkdl.cli;

import dev.bulkdl.model.Algorithm;
import dev.bulkdl.settings.RecordSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options for what is recorded about each file besides its content. */
final class RecordOptions {

  @Option(
      names = "--hash",
      paramLabel = "ALGORITHM",
      converter = Hash.class,
      description = "Compute this hash of every file: sha512, sha256, sha1, md5, crc32c.")
  private @Nullable Algorithm hash;

  @Option(
      names = "--no-remote-time",
      description = "Do not set a file's date to its Last-Modified.")
  private boolean noRemoteTime;

  RecordSettings settings() {
    return new RecordSettings(!noRemoteTime, Optional.ofNullable(hash), true, false);
  }

  /** Reads the name of a hash, with or without a hyphen. */
  static final class Hash implements ITypeConverter<Algorithm> {
    @Override
    public Algorithm convert(String text) {
      return Algorithm.named(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + text + "' is none of sha512, sha256, sha1, md5, crc32c"));
    }
  }
}
