package dev.bulkdl.manifest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;

/**
 * UTF-8 text whose every read ends with the line at the latest. Whoever parses it holds no more
 * than the current line, so {@link #line()} tells exactly where the parser is, and {@link
 * #skipRestOfLine()} lets it go on behind a line that it could not parse.
 *
 * <p>Lines end with LF, CRLF or CR. A byte order mark is dropped. Bytes that are not UTF-8, NUL and
 * input that breaks off raise a {@link ManifestException} with the line, after all that stands
 * before them was read.
 */
final class Utf8Lines extends Reader {

  static final String DAMAGED_GZIP =
      "the gzip file is damaged or cut short; get it again (gzip -t tests it)";

  private static final int BUFFER_SIZE = 64 * 1024;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream source;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_SIZE).flip();
  private final CharBuffer chars = CharBuffer.allocate(BUFFER_SIZE).flip();

  private int lastStart;
  private int lastLength;
  private long line;
  private boolean atLineStart = true;
  private boolean afterReturn;
  private boolean sourceEnded;
  private boolean malformed;
  private boolean ended;

  Utf8Lines(InputStream source) {
    this.source = source;
  }

  /**
   * The number, from 1, of the line of which the last read returned a piece; 0 before the first.
   */
  long line() {
    return line;
  }

  /** Whether a read has found the end of the text. */
  boolean ended() {
    return ended;
  }

  /** What the last read returned. */
  String lastRead() {
    return new String(chars.array(), lastStart, lastLength);
  }

  /**
   * Moves to the start of the next line. Does nothing where the current one was read to its end.
   */
  void skipRestOfLine() {
    while (!atLineStart && !lineEndsHere()) {
      if (!take(BUFFER_SIZE)) {
        return;
      }
    }
  }

  /** Returns at most {@code length} characters of one line, its end included, or -1. */
  @Override
  public int read(char[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (!take(length)) {
      return -1;
    }
    System.arraycopy(chars.array(), lastStart, target, offset, lastLength);
    return lastLength;
  }

  /** Takes at most so many characters of one line, its end included; false at the text's end. */
  private boolean take(int limit) {
    if (!fill()) {
      ended = true;
      return false;
    }
    if (afterReturn) {
      afterReturn = false;
      atLineStart = chars.get(chars.position()) != '\n';
    }
    if (atLineStart) {
      atLineStart = false;
      line++;
    }
    lastStart = chars.position();
    lastLength = pieceOfLine(Math.min(limit, chars.remaining()));
    chars.position(lastStart + lastLength);
    return true;
  }

  @Override
  public void close() {
    try {
      source.close();
    } catch (IOException e) {
      // It was only read: there is nothing to lose.
    }
  }

  /**
   * After a CR at a read's end: whether the line ended with it; an LF that belongs to it is taken.
   */
  private boolean lineEndsHere() {
    if (!afterReturn) {
      return false;
    }
    afterReturn = false;
    atLineStart = true;
    if (fill() && chars.get(chars.position()) == '\n') {
      chars.get();
    }
    return true;
  }

  /** The number of characters up to the line's end, at most {@code limit} and at least 1. */
  private int pieceOfLine(int limit) {
    char[] array = chars.array();
    int start = chars.position();
    for (int i = 0; i < limit; i++) {
      char c = array[start + i];
      if (c > '\r') {
        continue;
      }
      if (c == '\n') {
        atLineStart = true;
        return i + 1;
      }
      if (c == '\r') {
        return endWithReturn(array, start, i, limit);
      }
      if (c == 0) {
        return beforeNul(i);
      }
    }
    return limit;
  }

  private int endWithReturn(char[] array, int start, int i, int limit) {
    if (i + 1 < limit) {
      atLineStart = true;
      return array[start + i + 1] == '\n' ? i + 2 : i + 1;
    }
    afterReturn = true;
    return i + 1;
  }

  private int beforeNul(int i) {
    if (i == 0) {
      throw new ManifestException(line, "a NUL byte; " + TextKind.UTF_16.advice());
    }
    return i;
  }

  /** Makes sure that there is a character to be read; false at the end. */
  private boolean fill() {
    while (!chars.hasRemaining()) {
      if (malformed) {
        throw notUtf8();
      }
      if (sourceEnded && !bytes.hasRemaining()) {
        return false;
      }
      readBytes();
      decode();
    }
    return true;
  }

  private void readBytes() {
    bytes.compact();
    try {
      int count = source.read(bytes.array(), bytes.position(), bytes.remaining());
      sourceEnded = count < 0;
      bytes.position(bytes.position() + Math.max(count, 0));
    } catch (EOFException | ZipException e) {
      throw new ManifestException(lineToCome(), DAMAGED_GZIP, e);
    } catch (IOException e) {
      throw new ManifestException(
          lineToCome(), "cannot be read on: " + Excerpt.of("" + e.getMessage()), e);
    } finally {
      bytes.flip();
    }
  }

  private void decode() {
    chars.clear();
    CoderResult result = decoder.decode(bytes, chars, sourceEnded);
    chars.flip();
    malformed = result.isError();
    if (line == 0 && chars.hasRemaining() && chars.get(chars.position()) == BYTE_ORDER_MARK) {
      chars.get();
    }
  }

  private ManifestException notUtf8() {
    String code = String.format("0x%02X", bytes.get(bytes.position()));
    return new ManifestException(
        lineToCome(), "not UTF-8 (byte " + code + "); " + TextKind.OTHER_CHARSET_ADVICE);
  }

  private long lineToCome() {
    return atLineStart || afterReturn ? line + 1 : line;
  }
}
