package dev.bulkdl.board;

import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.settings.Limits;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jline.utils.AttributedString;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost of the board with 1,000 active files, for each of the four samples per second:
 * processing the sample, and rendering it on 160 x 41.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class BoardBenchmark {

  private static final int FILES = 1000;
  private static final Screen SCREEN = new Screen(160, 41, 41, Boards.COLOUR);

  private final RunWatch watch =
      new RunWatch(new RunControl(new Permits(Limits.FIXED)), System::nanoTime);
  private final BoardModel model = Boards.model(FILES, 0);
  private final List<FileSnapshot> files =
      IntStream.range(0, FILES).mapToObj(i -> Boards.file("file-" + i, i)).toList();
  private final RunProgress progress = Boards.progress(files, List.of());

  @Benchmark
  public BoardModel takeIn() {
    watch.onProgress(progress);
    return watch.model();
  }

  @Benchmark
  public List<AttributedString> draw() {
    return BoardText.lines(model, ViewState.FIRST, SCREEN);
  }
}
