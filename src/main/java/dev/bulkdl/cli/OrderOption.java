package dev.bulkdl.cli;

import dev.bulkdl.settings.RowOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option for the order of the rows. */
final class OrderOption {

  @Option(
      names = "--order",
      paramLabel = "list|size|name|expiry|mixed",
      converter = Order.class,
      description = {
        "What begins first. size: the smallest file; size,desc: the largest;",
        "expiry: the signed URL that expires first;",
        "mixed: small and large files at the same time (list)."
      })
  private RowOrder order = RowOrder.LIST;

  RowOrder order() {
    return order;
  }

  /** Reads the label of an order in upper or lower case. */
  static final class Order implements ITypeConverter<RowOrder> {
    @Override
    public RowOrder convert(String text) {
      String wanted = text.replace(" ", "").toLowerCase(Locale.ROOT);
      return Arrays.stream(RowOrder.values())
          .filter(each -> each.label().equals(wanted))
          .findFirst()
          .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of " + labels()));
    }

    private static String labels() {
      return Arrays.stream(RowOrder.values())
          .map(each -> each == RowOrder.SIZE_DESC ? "'size,desc'" : each.label())
          .collect(Collectors.joining(", "));
    }
  }
}
