package dev.bulkdl.text;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says what went wrong with a file or a connection, in words for people. Pure. */
public final class IoText {

  private static final Pattern CLASS_NAME =
      Pattern.compile("(?:[a-z][\\w$]*\\.)*[A-Z][\\w$]*(?:Exception|Error)(?:: |$)");

  private static final Pattern ENDING = Pattern.compile("(?:Exception|Error)$");
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");

  private IoText() {}

  /** Returns the file, if it is known, and the reason. No class name of Java is in it. */
  public static String of(IOException e) {
    if (!(e instanceof FileSystemException file) || file.getFile() == null) {
      return reason(e);
    }
    String other = file.getOtherFile() == null ? "" : " -> " + file.getOtherFile();
    return file.getFile() + other + ": " + reason(e);
  }

  /** Returns the reason alone. */
  public static String reason(Throwable thrown) {
    return switch (thrown) {
      case NoSuchFileException ignored -> "no such file or folder";
      case AccessDeniedException ignored -> "permission denied";
      case FileAlreadyExistsException ignored -> "it exists already";
      case NotDirectoryException ignored -> "it is not a folder";
      case DirectoryNotEmptyException ignored -> "the folder is not empty";
      case FileSystemLoopException ignored -> "too many symbolic links";
      case AtomicMoveNotSupportedException ignored -> "it cannot be moved to that file system";
      case FileSystemException file ->
          Optional.ofNullable(file.getReason()).orElse("the file system refuses it");
      case EOFException ignored -> "it ended too early";
      case ClosedChannelException ignored -> "it was closed";
      default -> plain(thrown);
    };
  }

  private static String plain(Throwable thrown) {
    String message = Optional.ofNullable(thrown.getMessage()).orElse("");
    String safe = CLASS_NAME.matcher(message).replaceAll("").strip();
    return safe.isEmpty() ? words(thrown) : safe;
  }

  /** Returns the words in the name of an exception: "unknown host" for UnknownHostException. */
  private static String words(Throwable thrown) {
    String name = ENDING.matcher(thrown.getClass().getSimpleName()).replaceFirst("");
    String words = HUMP.matcher(name).replaceAll(" ").toLowerCase(Locale.ROOT);
    return words.isEmpty() || words.equals("io") ? "input or output failed" : words;
  }
}
