package dev.bulkdl.cli;

import dev.bulkdl.text.SizeText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes in bytes as people write them. {@code K M G T} are powers of 1024. */
class Sizes implements ITypeConverter<Long> {

  /** Accepts 0 too, which means no limit. */
  static final class OrZero extends Sizes {
    @Override
    public Long convert(String text) {
      return text.strip().equals("0") ? Long.valueOf(0) : super.convert(text);
    }
  }

  @Override
  public Long convert(String text) {
    try {
      return SizeText.bytes(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "'" + text + "' " + e.getMessage() + "; write for example 16M");
    }
  }

  /** Returns the shortest text that {@link #convert} reads as this number of bytes. */
  static String text(long bytes) {
    return SizeText.of(bytes);
  }
}
