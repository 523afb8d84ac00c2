package dev.bulkdl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumTest {

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void tellsTheAlgorithmOfABareHashByItsLength(Algorithm algorithm) {
    Checksum checksum = Checksum.parse("a".repeat(algorithm.hexLength()));
    assertThat(checksum.algorithm()).isEqualTo(algorithm);
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void readsWhatItPrints(Algorithm algorithm) {
    Checksum checksum = new Checksum(algorithm, "0f".repeat(algorithm.hexLength() / 2));
    assertThat(Checksum.parse(checksum.toString())).isEqualTo(checksum);
  }

  @ParameterizedTest
  @CsvSource({
    "crc32c:DEADBEEF, CRC32C, deadbeef",
    "CRC32C: deadbeef , CRC32C, deadbeef",
    "crc-32c:deadbeef, CRC32C, deadbeef",
    "'  deadbeef  ', CRC32C, deadbeef",
  })
  void readsAnyCaseAndSpelling(String text, Algorithm algorithm, String hex) {
    assertThat(Checksum.parse(text)).isEqualTo(new Checksum(algorithm, hex));
  }

  @Test
  void comparesHashesWhateverTheirCase() {
    assertThat(new Checksum(Algorithm.CRC32C, "ABCDEF01"))
        .isEqualTo(new Checksum(Algorithm.CRC32C, "abcdef01"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "sha256:",
        "sha256:deadbeef",
        "md5:xyz",
        "sha3:deadbeef",
        ":",
        "crc32c:deadbee",
        "ghijklmn",
        "crc32c:deadbeeg"
      })
  void refusesWhatIsNoHash(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Checksum.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"sha256, SHA256", "SHA-256, SHA256", "Sha512, SHA512", "md5, MD5", "' sha1 ', SHA1"})
  void findsAnAlgorithmByItsName(String label, Algorithm algorithm) {
    assertThat(Algorithm.named(label)).contains(algorithm);
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void aHashProvesAsMuchAsItsAlgorithm(Algorithm algorithm) {
    assertThat(algorithm.proof().label()).isEqualTo(algorithm.label());
  }

  @Test
  void theStrongerProofCounts() {
    assertThat(Proof.LENGTH.or(Proof.ETAG)).isEqualTo(Proof.ETAG);
    assertThat(Proof.ETAG.or(Proof.LENGTH)).isEqualTo(Proof.ETAG);
    assertThat(Proof.SHA256.or(Proof.MD5)).isEqualTo(Proof.SHA256);
    assertThat(Proof.NONE.or(Proof.NONE)).isEqualTo(Proof.NONE);
    assertThat(Proof.values()).isSorted();
  }
}
