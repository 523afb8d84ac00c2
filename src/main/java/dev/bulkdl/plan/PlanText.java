package dev.bulkdl.plan;

import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.plan.PlannedAction.Kind;
import dev.bulkdl.text.Redaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * Formats a plan as lines, with fields separated by tabs. All text is redacted and printable. Pure.
 */
public final class PlanText {

  /** Formats a number of bytes. */
  private final LongFunction<String> bytes;

  public PlanText(LongFunction<String> bytes) {
    this.bytes = bytes;
  }

  /** Returns name, size in bytes, range support and action, separated by tabs. */
  public static String row(PlannedRow row) {
    return String.join(
        "\t",
        Redaction.printable(row.name()),
        row.size().isPresent() ? Long.toString(row.size().getAsLong()) : "?",
        ranges(row.ranges()),
        action(row.action()));
  }

  private static String ranges(RangeSupport ranges) {
    return switch (ranges) {
      case UNKNOWN -> "?";
      case SUPPORTED -> "yes";
      case REFUSED -> "no";
    };
  }

  private static String action(PlannedAction action) {
    String label = action.kind().label();
    return switch (action) {
      case PlannedAction.Fetch fetch -> label + resumption(fetch);
      case PlannedAction.Continue ignored -> label;
      case PlannedAction.Skip ignored -> label;
      case PlannedAction.Blocked blocked -> label + ": " + Redaction.of(blocked.failure().text());
      case PlannedAction.Refused refused -> label + ": " + text(refused.failure());
    };
  }

  private static String resumption(PlannedAction.Fetch fetch) {
    if (fetch.part().usable() == 0) {
      return "";
    }
    return (fetch.replaces() ? ", resume at " : " at ") + fetch.part().usable() + " bytes";
  }

  /** Returns a row's fields for JSON. The name is exact. */
  public static Map<String, Object> fields(PlannedRow row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", row.name());
    row.size().ifPresent(size -> fields.put("size", size));
    fields.put("ranges", ranges(row.ranges()));
    fields.put("action", row.action().kind().label());
    if (row.action() instanceof PlannedAction.Fetch fetch && fetch.part().usable() > 0) {
      fields.put("resumeAt", fetch.part().usable());
    }
    Optional<Failure> failure =
        switch (row.action()) {
          case PlannedAction.Blocked blocked -> Optional.of(blocked.failure());
          case PlannedAction.Refused refused -> Optional.of(refused.failure());
          default -> Optional.empty();
        };
    failure.ifPresent(why -> fields.put("text", text(why)));
    return fields;
  }

  /** Returns the totals for JSON. Sizes are in bytes. */
  public static Map<String, Object> fields(PlanTotals totals, List<Room> rooms) {
    Map<String, Object> actions = new LinkedHashMap<>();
    for (Kind kind : Kind.values()) {
      if (totals.count(kind) > 0) {
        actions.put(kind.label(), totals.count(kind));
      }
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("files", totals.rows());
    fields.put("actions", actions);
    fields.put("toFetch", totals.toFetch());
    fields.put("unknownSizes", totals.unknownSizes());
    fields.put("usable", totals.usable());
    fields.put("useless", totals.useless());
    fields.put("spaceSuffices", rooms.stream().allMatch(Room::suffices));
    return fields;
  }

  private static String text(Failure failure) {
    return failure.shown();
  }

  /** Returns the lines of the totals, and whether the space is enough. */
  public List<String> totals(PlanTotals totals, List<Room> rooms) {
    List<String> lines = new ArrayList<>();
    lines.add(line("files", files(totals)));
    lines.add(line("to fetch", toFetch(totals)));
    lines.add(line("in parts", inParts(totals)));
    rooms.forEach(room -> lines.add(line("space", space(room, totals.unknownSizes() > 0))));
    return List.copyOf(lines);
  }

  private static String line(String label, String text) {
    return String.format("%-10s %s", label, text);
  }

  private static String files(PlanTotals totals) {
    String kinds =
        Arrays.stream(Kind.values())
            .filter(kind -> totals.count(kind) > 0)
            .map(kind -> totals.count(kind) + " " + kind.label())
            .collect(Collectors.joining(", "));
    return totals.rows() + (kinds.isEmpty() ? "" : ": " + kinds);
  }

  private String toFetch(PlanTotals totals) {
    String known = bytes.apply(totals.toFetch());
    return totals.unknownSizes() == 0
        ? known
        : known + ", and " + totals.unknownSizes() + " files of unknown size";
  }

  private String inParts(PlanTotals totals) {
    String usable = bytes.apply(totals.usable()) + " from earlier runs";
    return totals.useless() == 0
        ? usable
        : usable + ", and " + bytes.apply(totals.useless()) + " that cannot be used";
  }

  private String space(Room room, boolean more) {
    return (more ? "at least " : "")
        + bytes.apply(room.needed())
        + " needed, "
        + (room.usable() == Long.MAX_VALUE ? "an unknown number" : bytes.apply(room.usable()))
        + " usable in "
        + Redaction.printable(room.folder().toAbsolutePath().normalize().toString())
        + (room.suffices() ? "" : ": " + bytes.apply(room.lacking()) + " TOO LITTLE");
  }

  /** Returns the warning that the plan does not fit on a disk. */
  public String warning(Room room) {
    return "warning: this does not fit: "
        + bytes.apply(room.lacking())
        + " are missing in "
        + Redaction.printable(room.folder().toAbsolutePath().normalize().toString());
  }
}
