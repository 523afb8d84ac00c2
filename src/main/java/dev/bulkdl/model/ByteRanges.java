package dev.bulkdl.model;

import java.util.ArrayList;
import java.util.List;

/** A set of bytes of a file, as ranges that are sorted and neither overlap nor touch. Immutable. */
public record ByteRanges(List<Span> list) {

  /** The bytes from {@code start} to before {@code end}; never empty. */
  public record Span(long start, long end) {
    public Span {
      if (start < 0 || end <= start) {
        throw new IllegalArgumentException("no span: " + start + " to " + end);
      }
    }

    public long length() {
      return end - start;
    }
  }

  public static final ByteRanges EMPTY = new ByteRanges(List.of());

  public ByteRanges {
    list = List.copyOf(list);
    for (int i = 1; i < list.size(); i++) {
      if (list.get(i).start <= list.get(i - 1).end) {
        throw new IllegalArgumentException("spans overlap, touch or are not sorted: " + list);
      }
    }
  }

  /** Returns the first {@code bytes} bytes of a file. */
  public static ByteRanges prefix(long bytes) {
    return EMPTY.plus(0, bytes);
  }

  /** Returns these bytes and those from {@code start} to before {@code end}. */
  public ByteRanges plus(long start, long end) {
    if (end <= start) {
      return this;
    }
    List<Span> merged = new ArrayList<>(list.size() + 1);
    long from = start;
    long to = end;
    int i = 0;
    while (i < list.size() && list.get(i).end < from) {
      merged.add(list.get(i++));
    }
    while (i < list.size() && list.get(i).start <= to) {
      from = Math.min(from, list.get(i).start);
      to = Math.max(to, list.get(i++).end);
    }
    merged.add(new Span(from, to));
    merged.addAll(list.subList(i, list.size()));
    return new ByteRanges(merged);
  }

  /** Returns the bytes of this set that lie before {@code end}. */
  public ByteRanges before(long end) {
    List<Span> kept = new ArrayList<>(list.size());
    for (Span span : list) {
      if (span.start < end) {
        kept.add(new Span(span.start, Math.min(span.end, end)));
      }
    }
    return new ByteRanges(kept);
  }

  /** Returns the bytes from 0 to before {@code end} that are not in this set, in order. */
  public List<Span> gapsBefore(long end) {
    List<Span> gaps = new ArrayList<>(list.size() + 1);
    long from = 0;
    for (Span span : before(end).list) {
      if (span.start > from) {
        gaps.add(new Span(from, span.start));
      }
      from = span.end;
    }
    if (from < end) {
      gaps.add(new Span(from, end));
    }
    return gaps;
  }

  /** Returns the number of bytes. */
  public long bytes() {
    return list.stream().mapToLong(Span::length).sum();
  }

  /** Returns the number of bytes from the file's start to the first gap. */
  public long prefixLength() {
    return list.isEmpty() || list.getFirst().start > 0 ? 0 : list.getFirst().end;
  }
}
