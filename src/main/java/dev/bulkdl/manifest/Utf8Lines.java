package dev.bulkdl.manifest;

import dev.bulkdl.text.IoText;
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
 * Reads UTF-8 text and ends each read at the end of a line at the latest. A parser on top never
 * holds more than the current line. Therefore {@link #line()} is the exact position of the parser,
 * and {@link #skipRestOfLine()} lets it continue after a line that it could not parse.
 *
 * <p>Lines end with LF, CRLF or CR. A byte order mark is dropped. Bytes that are not UTF-8, a NUL,
 * and truncated input raise a {@link ManifestException} with the line number, after all text before
 * them was read.
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
   * Returns the number, from 1, of the line that contains the result of the last read; 0 before the
   * first read.
   */
  long line() {
    return line;
  }

  /** Returns true if a read has reached the end of the text. */
  boolean ended() {
    return ended;
  }

  /** Returns the result of the last read. */
  String lastRead() {
    return new String(chars.array(), lastStart, lastLength);
  }

  /** Moves to the start of the next line. Does nothing if the current line was read to its end. */
  void skipRestOfLine() {
    while (!atLineStart && !lineEndsHere()) {
      if (!take(BUFFER_SIZE)) {
        return;
      }
    }
  }

  /**
   * Reads at most {@code length} characters of one line, including its line end. Returns -1 at the
   * end of the text.
   */
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

  /**
   * Takes at most {@code limit} characters of one line, including its line end. Returns false at
   * the end of the text.
   */
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
      // The source was only read, so no data can be lost.
    }
  }

  /**
   * Handles a CR at the end of a read: returns true if the line ended with it, and takes the LF
   * after it, if any.
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

  /** Returns the number of characters up to the line end, at least 1 and at most {@code limit}. */
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

  /** Makes at least one character available. Returns false at the end of the text. */
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
      throw new ManifestException(lineToCome(), "cannot be read further: " + IoText.reason(e), e);
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
