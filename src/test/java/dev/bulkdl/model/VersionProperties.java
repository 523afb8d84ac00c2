package dev.bulkdl.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** All that two answers say of a file is compared, and any difference is another version. */
class VersionProperties {

  /** The fields that tell versions apart. */
  enum Field {
    ETAG,
    LAST_MODIFIED,
    TOTAL,
    ENCODING,
    TYPE
  }

  private static Arbitrary<Optional<String>> some(String... values) {
    return Arbitraries.of(values).optional();
  }

  @Provide
  Arbitrary<Version> versions() {
    Arbitrary<OptionalLong> totals =
        Arbitraries.longs()
            .between(-1, 3)
            .map(n -> n < 0 ? OptionalLong.empty() : OptionalLong.of(n));
    Arbitrary<Version.Format> formats =
        Combinators.combine(some("a/b", "c/d;e=f"), some("gzip", "br")).as(Version.Format::new);
    return Combinators.combine(
            some("\"1\"", "\"2\"", "W/\"1\"", "W/\"2\"", "\"\"", "1"),
            some("Sun, 01 Jun 2025 12:00:00 GMT", "Sun, 01 Jun 2025 12:00:01 GMT", "then"),
            some("Sun, 01 Jun 2025 12:00:00 GMT", "Sun, 01 Jun 2025 13:00:00 GMT"),
            totals,
            formats)
        .as(Version::new);
  }

  @Property
  void agreesWithItself(@ForAll("versions") Version version) {
    assertThat(version.contradiction(version)).isEmpty();
  }

  /** Only what is gone counts in one direction: a strong tag. */
  @Property
  void comparesBothWaysAlike(@ForAll("versions") Version one, @ForAll("versions") Version other) {
    Assume.that(one.etag().isPresent() == other.etag().isPresent());
    Assume.that(!one.equals(Version.UNKNOWN) && !other.equals(Version.UNKNOWN));
    assertThat(one.contradicts(other)).isEqualTo(other.contradicts(one));
  }

  /** Whatever else agrees, a field that both have and that differs is found. */
  @Property
  void findsEachDifference(@ForAll("versions") Version one, @ForAll Field field) {
    Optional<Version> other = otherwise(one, field);
    Assume.that(other.isPresent());
    assertThat(one.contradicts(other.get())).isTrue();
    assertThat(other.get().contradicts(one)).isTrue();
    assertThat(one.contradiction(other.get()).orElseThrow()).startsWith("it");
  }

  /** Empty where this answer has no such field. */
  private static Optional<Version> otherwise(Version one, Field field) {
    Version.Format format = one.format();
    return switch (field) {
      case ETAG -> one.etag().map(tag -> one.withEtag(changed(tag)));
      case LAST_MODIFIED -> one.lastModified().map(date -> one.withLastModified(changed(date)));
      case TOTAL ->
          one.total().isPresent()
              ? Optional.of(one.withTotal(OptionalLong.of(one.total().getAsLong() + 1)))
              : Optional.empty();
      case ENCODING ->
          format
              .encoding()
              .map(how -> one.withFormat(new Version.Format(format.type(), changed(how))));
      case TYPE ->
          format
              .type()
              .map(type -> one.withFormat(new Version.Format(changed(type), format.encoding())));
    };
  }

  private static Optional<String> changed(String value) {
    return Optional.of(value + "x");
  }

  @Property
  void whatAnAnswerDoesNotSayIsNoDifference(@ForAll("versions") Version one, @ForAll Field field) {
    Version silent = without(one, field);
    boolean tagIsGone = field == Field.ETAG && one.strongEtag().isPresent();
    boolean encodingIsGone = field == Field.ENCODING && one.format().encoding().isPresent();
    assertThat(one.contradicts(silent)).isEqualTo(tagIsGone || encodingIsGone);
    assertThat(silent.contradicts(one))
        .isEqualTo(encodingIsGone && !silent.equals(Version.UNKNOWN));
  }

  private static Version without(Version one, Field field) {
    Version.Format format = one.format();
    return switch (field) {
      case ETAG -> one.withEtag(Optional.empty());
      case LAST_MODIFIED -> one.withLastModified(Optional.empty());
      case TOTAL -> one.withTotal(OptionalLong.empty());
      case ENCODING -> one.withFormat(new Version.Format(format.type(), Optional.empty()));
      case TYPE -> one.withFormat(new Version.Format(Optional.empty(), format.encoding()));
    };
  }

  @Property
  void theTimeOfTheAnswerSaysNothing(
      @ForAll("versions") Version one, @ForAll("versions") Version other) {
    assertThat(one.contradicts(one.withDate(other.date()))).isFalse();
  }
}
