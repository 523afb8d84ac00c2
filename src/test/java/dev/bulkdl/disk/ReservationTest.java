package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReservationTest {

  private static final long STEP = Reservation.STEP;

  @TempDir private Path folder;
  private final Queue<Runnable> steps = new ArrayDeque<>();
  private Path file = Path.of("a");

  @BeforeEach
  void makeFile() throws IOException {
    file = Files.writeString(folder.resolve("a"), "abc");
  }

  private Reservation begun(long total) throws IOException {
    Optional<Reservation> begun = Reservation.begin(file, total, STEP, steps::add);
    assumeThat(begun).as("space beyond a size").isPresent();
    return begun.orElseThrow();
  }

  private long steps() throws IOException {
    return DiskAllocation.allocated(file) / STEP;
  }

  @Test
  void allocatesAPartAtOnceAndTheRestStepByStep() throws IOException {
    begun(2 * STEP + STEP / 2);
    assertThat(steps()).isEqualTo(1);
    steps.remove().run();
    assertThat(steps()).isEqualTo(2);
    steps.remove().run();
    assertThat(DiskAllocation.allocated(file)).isBetween(2 * STEP + STEP / 2, 3 * STEP - 1);
    assertThat(steps).isEmpty();
    assertThat(DiskAllocation.allocated(file)).isLessThan(3 * STEP);
    assertThat(file).hasContent("abc");
  }

  @Test
  void allocatesNothingAfterStop() throws IOException {
    Reservation reservation = begun(3 * STEP);
    reservation.stop();
    steps.remove().run();
    assertThat(steps).isEmpty();
    assertThat(steps()).isEqualTo(1);
  }

  @Test
  void allocatesOnlyTheFilesSize() throws IOException {
    begun(STEP / 4);
    assertThat(DiskAllocation.allocated(file)).isBetween(STEP / 4, STEP / 2);
    assertThat(DiskAllocation.allocated(file)).isLessThan(STEP / 2);
    assertThat(steps).isEmpty();
  }

  @Test
  void endsWhenTheDiskIsFull() throws IOException {
    begun(3 * STEP);
    Files.delete(file);
    steps.remove().run();
    assertThat(steps).isEmpty();
  }
}
