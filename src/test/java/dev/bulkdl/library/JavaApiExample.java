package dev.bulkdl.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The examples of docs/java-api.md, unchanged. */
final class JavaApiExample {

  private static final Pattern JAVA_BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

  private JavaApiExample() {}

  /** Compiles the example with this class into the folder, which it returns. */
  static Path compile(String name, Path folder, String classPath) throws Exception {
    String code =
        JAVA_BLOCK
            .matcher(Files.readString(Path.of("docs/java-api.md")))
            .results()
            .map(block -> block.group(1))
            .filter(block -> block.contains("public class " + name + " "))
            .findFirst()
            .orElseThrow();
    Path source = Files.writeString(folder.resolve(name + ".java"), code);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options = List.of("-d", folder.toString(), "-cp", classPath);
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
    return folder;
  }
}
