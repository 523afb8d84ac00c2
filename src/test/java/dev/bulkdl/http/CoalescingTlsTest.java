package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoalescingTlsTest {

  /**
   * A header of application data in TLS 1.3, which is marked as 1.2, with the length of the record.
   */
  private static ByteBuffer record(int stated, int present) {
    ByteBuffer buffer = ByteBuffer.allocate(3 + 5 + present);
    buffer.position(3);
    buffer.put(new byte[] {23, 3, 3, (byte) (stated >> 8), (byte) stated});
    return buffer.position(3);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, true",
    "1, 0, false",
    "1, 1, true",
    "16640, 16639, false",
    "16640, 16640, true",
    "16640, 40000, true",
    "65535, 65534, false",
  })
  void aRecordIsWholeWithAllItsBytes(int stated, int present, boolean whole) {
    ByteBuffer encrypted = record(stated, present);
    assertThat(CoalescingTls.holdsRecord(encrypted)).isEqualTo(whole);
    assertThat(encrypted.position()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "4"})
  void anIncompleteHeaderIsNoRecord(int present) {
    ByteBuffer encrypted = record(0, 0);
    encrypted.limit(3 + present);
    assertThat(CoalescingTls.holdsRecord(encrypted)).isFalse();
  }
}
