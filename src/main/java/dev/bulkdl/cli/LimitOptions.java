package dev.bulkdl.cli;

import dev.bulkdl.model.RateTable;
import dev.bulkdl.model.RequestRate;
import dev.bulkdl.settings.RateLimits;
import java.time.DateTimeException;
import java.time.ZoneId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that limit bytes a second. */
final class LimitOptions {

  @Option(
      names = "--limit-rate",
      paramLabel = "RATE",
      converter = Table.class,
      description = {
        "Bytes a second of all connections together, such as 10M (${DEFAULT-VALUE}).",
        "Or a timetable: 'Mon-08:00,512K 19:00,10M Sat-00:00,off'."
      })
  private RateTable rate = RateTable.UNLIMITED;

  @Option(
      names = "--limit-rate-per-host",
      paramLabel = "RATE",
      converter = Table.class,
      description = "The same for the connections to each host together (${DEFAULT-VALUE}).")
  private RateTable ratePerHost = RateTable.UNLIMITED;

  @Option(
      names = "--limit-rate-per-connection",
      paramLabel = "RATE",
      converter = Table.class,
      description = "The same for each connection (${DEFAULT-VALUE}).")
  private RateTable ratePerConnection = RateTable.UNLIMITED;

  @Option(
      names = "--requests-per-second",
      paramLabel = "N",
      converter = Requests.class,
      description = {
        "Requests to each host, ranges and retries included (${DEFAULT-VALUE}).",
        "5 is in each second; 24/m and 5/15s are slower."
      })
  private RequestRate requests = RequestRate.UNLIMITED;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      converter = Zone.class,
      description =
          "The zone of times in timetables and schedules, such as Europe/Berlin (this system's).")
  private ZoneId zone = ZoneId.systemDefault();

  /** Returns the zone of all times. */
  ZoneId zone() {
    return zone;
  }

  /** Returns the rate limits of these options. */
  RateLimits rates() {
    return new RateLimits(rate, ratePerHost, ratePerConnection, requests).in(zone);
  }

  /** Reads a rate or a timetable of rates. */
  static final class Table extends ParsedConverter<RateTable> {
    Table() {
      super(text -> RateTable.parse(text, ZoneId.systemDefault()));
    }
  }

  /** Reads a number of requests in a time. */
  static final class Requests extends ParsedConverter<RequestRate> {
    Requests() {
      super(RequestRate::parse);
    }
  }

  /** Reads the name of a time zone. */
  static final class Zone implements ITypeConverter<ZoneId> {
    @Override
    public ZoneId convert(String text) {
      try {
        return ZoneId.of(text.strip());
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'" + text + "' is no time zone; write for example Europe/Berlin, UTC or +02:00");
      }
    }
  }
}
