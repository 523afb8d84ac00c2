package dev.bulkdl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTextTest {
  private static final String GOOD =
      """
      # HELP bulkdl_a_bytes_total Bytes.
      # TYPE bulkdl_a_bytes_total counter
      bulkdl_a_bytes_total{host="x\\"y\\\\z\\n"} 1.5E7
      bulkdl_a_bytes_total{host="other"} 0.0
      # HELP bulkdl_b Number.
      # TYPE bulkdl_b gauge
      bulkdl_b NaN
      # HELP bulkdl_c_seconds Time.
      # TYPE bulkdl_c_seconds histogram
      bulkdl_c_seconds_bucket{le="0.5"} 1
      bulkdl_c_seconds_bucket{le="+Inf"} 2
      bulkdl_c_seconds_count 2
      bulkdl_c_seconds_sum 7.5
      """;

  @Test
  void readsWhatIsRight() {
    MetricsText text = MetricsText.parse(GOOD);
    assertThat(text.value("bulkdl_a_bytes_total{host=\"other\"}")).contains(0.0);
    assertThat(text.types()).containsEntry("bulkdl_c_seconds", "histogram").hasSize(3);
    assertThat(text.cumulative()).hasSize(5).doesNotContainKey("bulkdl_b");
  }

  /** The text to replace, and its replacement. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # HELP bulkdl_b Number.         | # HELP bulkdl_b
          # TYPE bulkdl_b gauge           | # TYPE bulkdl_b untyped
          # TYPE bulkdl_b gauge           | # TYPE bulkdl_x gauge
          bulkdl_b NaN                    | bulkdl_b nan
          bulkdl_b NaN                    | bulkdl_x 1
          bulkdl_b NaN                    | bulkdl_b{a=b} 1
          bulkdl_b                        | bulkdl_b_total
          bulkdl_b                        | bulkdl_b_millis
          bulkdl_b                        | other_b
          bulkdl_a_bytes_total            | bulkdl_a_bytes
          {host="other"}                  | {host="x\\"y\\\\z\\n"}
          z\\n                            | z\\q
          bulkdl_c_seconds_count 2        | bulkdl_c_seconds_count 3
          bulkdl_c_seconds_bucket{le="0.5"} 1 | bulkdl_c_seconds_bucket{le="0.5"} 3
          le="+Inf"                       | le="1.0"
          bulkdl_c_seconds                | bulkdl_c
          """)
  void refusesWhatIsNot(String right, String wrong) {
    String text = GOOD.replace(right, wrong);
    assertThat(text).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> MetricsText.parse(text)).isInstanceOf(AssertionError.class);
  }

  @Test
  void refusesALineThatIsCut() {
    assertThatThrownBy(() -> MetricsText.parse(GOOD.strip())).isInstanceOf(AssertionError.class);
  }
}
