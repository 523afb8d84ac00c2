package dev.bulkdl.engine;

import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.SeenRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that no HTTP server should give, byte by byte. */
class WireFaultTest extends Matrix {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String HEAD = "{line}{fields}{length}\r\n";
  private static final String TRANSFER = "Transfer-Encoding: chunked\r\n\r\n";
  private static final String CHUNKED = "{line}{fields}" + TRANSFER;
  private static final String CHUNK = "{size}\r\n{body}\r\n";
  private static final String LAST = "0\r\n\r\n";
  private static final String EXTENDED = "{size};a=b\r\n{body}\r\n";
  private static final String TWO = "{line}{fields}{length}";
  private static final String TWICE = "Transfer-Encoding: chunked, chunked\r\n\r\n";
  private static final String OTHER = "{line}{fields}Content-Length: 9\r\n";
  private static final String CHUNKS_FIRST =
      "{line}{fields}Transfer-Encoding: chunked\r\n{length}\r\n";
  private static final String AND = "\r\nTransfer-Encoding: ";
  private static final String TWO_RANGES = "{line}{fields}Content-Range: bytes 0-8/9\r\n";
  private static final String RANGE_LIST =
      "HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-8/9, bytes 0-8/9\r\n";
  private static final String HUGE = "Content-Length: 99999999999999999999\r\n";
  private static final String INTERIM =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
  private static final String SWITCHING =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n";
  private static final String MULTIPART =
      "HTTP/1.1 206 Partial\r\nContent-Type: multipart/byteranges; boundary=x\r\n\r\n--x\r\n{body}";

  private static Case ranged(int number, String name, String wire, End end) {
    return Case.once(number, name, SeenRequest::isRanged, new Fault.Raw(wire), end);
  }

  private static Case once(int number, String name, String wire, End end) {
    return Case.once(number, name, new Fault.Raw(wire), end);
  }

  private static Case always(int number, String name, String wire, End end) {
    return Case.always(number, name, new Fault.Raw(wire), end);
  }

  private static final List<Case> CASES =
      List.of(
          ranged(14, "chunks and the last one", CHUNKED + CHUNK + LAST, ETAG),
          ranged(14, "no last chunk", CHUNKED + CHUNK, ETAG),
          ranged(14, "a chunk cut short", CHUNKED + "{size}\r\n{half}", ETAG),
          ranged(14, "a chunk of no size", CHUNKED + "oops\r\n{body}\r\n" + LAST, ETAG),
          new Case(
              14,
              "nobody says the last chunk",
              WireFaultTest::unfinished,
              End.passing("truncated")),
          once(15, "closed early", HEAD + "{half}", ETAG),
          once(15, "closed before the headers' end", "{line}{fields}", ETAG),
          once(15, "closed without a word", "", ETAG),
          always(15, "closed without a word", "", End.passing("reset")),
          always(28, "100 and 103 before", INTERIM + HEAD + "{body}", ETAG),
          always(28, "endless headers", "{line}{endless X-More: 1}", End.lasting("http")),
          always(28, "an endless header", "{line}X: {endless x}", End.lasting("http")),
          once(29, "reset without a word", "{reset}", ETAG),
          always(29, "reset without a word", "{reset}", End.passing("reset")),
          always(29, "reset in the headers", "{line}{fields}{reset}", End.passing("reset")),
          once(29, "reset in mid-body", HEAD + "{half}{reset}", ETAG),
          ranged(50, "a 206 of several parts", MULTIPART, ETAG),
          always(51, "200 with Content-Range", OK + "{fields}{length}\r\n{body}", ETAG),
          always(52, "304 unasked", "HTTP/1.1 304 Not Modified\r\n\r\n", End.lasting("http")),
          always(53, "other length", TWO + "Content-Length: 9\r\n\r\n{body}", End.lasting("http")),
          always(54, "same length twice", TWO + "{length}\r\n{body}", End.lasting("http")),
          ranged(55, "length and chunks", TWO + TRANSFER + CHUNK + LAST, ETAG),
          ranged(55, "other length and chunks", OTHER + TRANSFER + CHUNK + LAST, ETAG),
          ranged(55, "chunks and length", CHUNKS_FIRST + CHUNK + LAST, ETAG),
          always(56, "more than its length", HEAD + "{body}and more", ETAG),
          ranged(57, "chunk extension, trailer", CHUNKED + EXTENDED + "0\r\nX: 1\r\n\r\n", ETAG),
          always(58, "a folded field", "{line}X: a\r\n b\r\n{fields}{length}\r\n{body}", ETAG),
          always(59, "a line feed alone", "{line}{fields}{length}\n{body}", ETAG),
          always(60, "HTTP/1.0", "HTTP/1.0 200 OK\r\n{fields}{length}\r\n{body}", ETAG),
          always(61, "204", "HTTP/1.1 204 No Content\r\n\r\n", End.lasting("http")),
          always(62, "negative length", OK + "Content-Length: -5\r\n\r\n", End.lasting("http")),
          always(63, "length of 20 digits", OK + HUGE + "\r\n", End.lasting("http")),
          always(64, "another protocol", SWITCHING, End.lasting("http")),
          always(65, "no HTTP at all", "220 ftp.example ready\r\n", End.lasting("http")),
          always(66, "a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n", End.lasting("http")),
          always(67, "chunked twice", OK + TWICE + CHUNK + LAST, End.lasting("http")),
          always(68, "gzip, chunked", coded("gzip, chunked"), End.lasting("http")),
          always(68, "gzip and chunked", coded("gzip" + AND + "chunked"), End.lasting("http")),
          always(68, "chunked and gzip", coded("chunked" + AND + "gzip"), End.lasting("http")),
          always(68, "identity, chunked", coded("identity, chunked"), End.lasting("http")),
          always(68, "gzip alone", coded("gzip"), End.lasting("http")),
          always(68, "a coding without a name", coded(""), End.lasting("http")),
          ranged(68, "Chunked", coded("Chunked"), ETAG),
          ranged(69, "two ranges that disagree", TWO_RANGES + "{length}\r\n{body}", ETAG),
          ranged(69, "a list of ranges", RANGE_LIST + "{length}\r\n{body}", ETAG));

  private static String coded(String codings) {
    return "{line}{fields}Transfer-Encoding: " + codings + "\r\n\r\n" + CHUNK + LAST;
  }

  /** Never a range, never a length, and never the last chunk. */
  private static void unfinished(FaultServer server) {
    server.always("/a", new Fault.NoRanges(), new Fault.Raw(CHUNKED + CHUNK));
  }

  static Stream<Arguments> inAllShapes() {
    return shaped(CASES);
  }

  @ParameterizedTest
  @MethodSource("inAllShapes")
  void aBrokenAnswerNeverSpoilsTheFile(Case now, Shape shape) {
    check(now, shape);
  }

  static Stream<Case> overTls() {
    return CASES.stream().filter(each -> each.number() < 50);
  }

  @ParameterizedTest
  @MethodSource
  void overTls(Case now) {
    secure();
    check(now, Shape.FOUR_RESUMED);
  }
}
