package dev.bulkdl.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs all {@code *Fuzz} classes on their seeds, and on random changes of these: always the same
 * ones. This is quick, because nothing looks for inputs that reach new code. {@code FuzzIT} does.
 */
class FuzzSeedsTest {
  private static final int CHANGES = Integer.getInteger("tries", 100);

  static List<String> targets() throws IOException {
    return FuzzTargets.endingIn("Fuzz");
  }

  @ParameterizedTest
  @MethodSource("targets")
  void nothingBreaks(String name) throws Exception {
    Class<?> target = Class.forName(name);
    Method method = method(target);
    List<byte[]> seeds = seeds(target, method);
    assertThat(seeds).isNotEmpty();
    Random random = new Random(name.hashCode());
    List<byte[]> pieces = new ArrayList<>(seeds);
    words(method).forEach(pieces::add);
    for (byte[] seed : seeds) {
      run(target, method, seed);
      for (int i = 0; i < CHANGES; i++) {
        run(target, method, changed(seed, pieces, random));
      }
    }
  }

  private static Method method(Class<?> target) {
    return Stream.of(target.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(FuzzTest.class))
        .findFirst()
        .orElseThrow();
  }

  private static List<byte[]> seeds(Class<?> target, Method method)
      throws IOException, URISyntaxException {
    URL folder = target.getResource(target.getSimpleName() + "Inputs/" + method.getName());
    assertThat(folder).as("seeds of " + target).isNotNull();
    List<byte[]> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      for (Path file : files.sorted().toList()) {
        seeds.add(Files.readAllBytes(file));
      }
    }
    return seeds;
  }

  /** The dictionary as it is written; its escapes are odd bytes like any others. */
  private static Stream<byte[]> words(Method method) {
    return Stream.of(method.getAnnotationsByType(DictionaryEntries.class))
        .flatMap(entries -> Stream.of(entries.value()))
        .map(word -> word.getBytes(StandardCharsets.UTF_8));
  }

  private static void run(Class<?> target, Method method, byte[] input) throws Exception {
    Constructor<?> constructor = target.getDeclaredConstructor();
    constructor.setAccessible(true);
    method.setAccessible(true);
    boolean raw = method.getParameterTypes()[0] == byte[].class;
    Object argument = raw ? input : PlainData.of(input);
    try {
      method.invoke(constructor.newInstance(), argument);
    } catch (InvocationTargetException e) {
      String text = "breaks with " + Base64.getEncoder().encodeToString(input);
      throw new AssertionError(text, e.getCause());
    }
  }

  /** Replaces a few random spans, some by parts of another seed or by a word. */
  private static byte[] changed(byte[] seed, List<byte[]> pieces, Random random) {
    byte[] input = seed;
    for (int times = 1 + random.nextInt(4); times > 0; times--) {
      byte[] piece = pieces.get(random.nextInt(pieces.size()));
      int from = random.nextInt(piece.length + 1);
      byte[] more = new byte[Math.min(piece.length - from, random.nextInt(20))];
      System.arraycopy(piece, from, more, 0, more.length);
      if (random.nextInt(3) == 0) {
        random.nextBytes(more);
      }
      int start = random.nextInt(input.length + 1);
      int end = Math.min(input.length, start + (random.nextBoolean() ? 0 : random.nextInt(20)));
      byte[] next = new byte[start + more.length + input.length - end];
      System.arraycopy(input, 0, next, 0, start);
      System.arraycopy(more, 0, next, start, more.length);
      System.arraycopy(input, end, next, start + more.length, input.length - end);
      input = next;
    }
    return input;
  }
}
