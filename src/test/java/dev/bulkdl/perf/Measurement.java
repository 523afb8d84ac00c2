package dev.bulkdl.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The figures of one run.
 *
 * @param wall seconds
 * @param cpu seconds, user and system
 * @param memory peak resident KiB
 * @param status the exit status
 * @param bytesRight true if all files were present, byte for byte
 */
record Measurement(double wall, double cpu, long memory, int status, boolean bytesRight) {

  boolean isGood() {
    return status == 0 && bytesRight;
  }

  /** Reads the line that {@code measure} wrote. */
  static Measurement read(Path result, boolean bytesRight) throws IOException {
    List<String> words =
        Pattern.compile(" ").splitAsStream(Files.readString(result).strip()).toList();
    return new Measurement(
        Double.parseDouble(words.get(0)),
        Double.parseDouble(words.get(1)) + Double.parseDouble(words.get(2)),
        Long.parseLong(words.get(3)),
        Integer.parseInt(words.get(4)),
        bytesRight);
  }
}
