package dev.bulkdl.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The example of docs/java-api.md, unchanged. */
final class JavaApiExample {

  private static final Pattern JAVA_BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

  private JavaApiExample() {}

  /** Compiles it into this folder, which it returns. */
  static Path compile(Path folder, String classPath) throws Exception {
    Matcher block = JAVA_BLOCK.matcher(Files.readString(Path.of("docs/java-api.md")));
    assertThat(block.find()).as("the page has a Java example").isTrue();
    Path source = Files.writeString(folder.resolve("Example.java"), block.group(1));
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
