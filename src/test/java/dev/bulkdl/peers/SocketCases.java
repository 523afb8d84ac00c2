package dev.bulkdl.peers;

import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.RawServer;
import dev.bulkdl.testkit.SeenRequest;
import dev.bulkdl.testkit.Step;
import dev.bulkdl.testkit.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/** The cases that need bare sockets. */
final class SocketCases {
  private static final long MIB = 1 << 20;
  private static final Reply OLD = Reply.of(new Payload(1, 4 * MIB));
  private static final Reply NEW = Reply.of(new Payload(2, 4 * MIB));
  private static final String NAME = "file.bin";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";
  private static final String BEHIND = "Bytes behind the end";
  private static final int SMALL = 64 << 10;

  /** What the next answer could look like, of the size of the next file, but of other content. */
  private static final String FOREIGN =
      "HTTP/1.1 200 OK\r\nContent-Length: " + SMALL + "\r\n\r\n" + "#".repeat(SMALL);

  private SocketCases() {}

  /** Gives the steps that answer a request. */
  private interface Talk extends Function<SeenRequest, List<Step>> {}

  private static Scene scene(Talk talk) {
    return Scene.of(new RawServer(Wire.of(new Step.Reply(talk))), () -> {});
  }

  private static FaultCase fresh(String group, String title, Payload right, Supplier<Talk> talk) {
    return new FaultCase(
        group,
        title,
        false,
        () -> scene(talk.get()),
        Map.of(NAME, right),
        false,
        OptionalLong.empty(),
        List.of(NAME));
  }

  /** The first run gets half a mebibyte of the old file and then nothing more. */
  private static FaultCase resumed(String group, String title, Payload right, Talk then) {
    Supplier<Scene> scene =
        () -> {
          AtomicBoolean wentOn = new AtomicBoolean();
          Talk talk = request -> wentOn.get() ? then.apply(request) : OLD.stalled(request, MIB / 2);
          return Scene.of(new RawServer(Wire.of(new Step.Reply(talk))), () -> wentOn.set(true));
        };
    return new FaultCase(
        group, title, true, scene, Map.of(NAME, right), false, OptionalLong.empty(), List.of(NAME));
  }

  // ---- bytes behind the end of an answer

  static List<FaultCase> surplus() {
    String page = "<html>" + "x".repeat(2000) + "</html>";
    return List.of(
        surplus("text behind the answer", answer -> answer + page),
        surplus("a whole answer behind the answer", answer -> answer + FOREIGN),
        surplus(
            "blank lines and a whole answer behind it", answer -> answer + "\r\n\r\n" + FOREIGN),
        surplus("the file grew: 64 KiB more than its length", answer -> answer + "#".repeat(SMALL)),
        surplus("a whole answer behind the last chunk", SocketCases::chunkedAndMore),
        manyFiles(BEHIND, "a whole answer in the next write", SocketCases::writtenAfter),
        manyFiles(BEHIND, "a body to HEAD", SocketCases::bodyToHead),
        manyFiles(
            BEHIND, "503 once, and a whole answer behind it", files -> () -> busyOnce(files)));
  }

  /** Small files, more than a client has connections: so that it uses them again. */
  private static FaultCase manyFiles(
      String group, String title, Function<Map<String, Payload>, Supplier<Talk>> talk) {
    Map<String, Payload> files = new LinkedHashMap<>();
    for (int i = 1; i <= 60; i++) {
      files.put("file" + i + ".bin", new Payload(10 + i, SMALL));
    }
    return new FaultCase(
        group,
        title,
        false,
        () -> scene(talk.apply(files).get()),
        files,
        false,
        OptionalLong.empty(),
        List.copyOf(files.keySet()));
  }

  private static FaultCase surplus(String title, UnaryOperator<String> more) {
    return manyFiles(
        BEHIND,
        title,
        files ->
            () ->
                request -> {
                  Reply reply = of(files, request);
                  return request.isHead()
                      ? reply.steps(request)
                      : List.of(new Step.Say(more.apply(reply.text(request))));
                });
  }

  private static Supplier<Talk> writtenAfter(Map<String, Payload> files) {
    return () ->
        request -> {
          List<Step> steps = new ArrayList<>(of(files, request).steps(request));
          if (request.isGet()) {
            steps.add(new Step.Say(FOREIGN));
          }
          return steps;
        };
  }

  private static Supplier<Talk> bodyToHead(Map<String, Payload> files) {
    return () ->
        request -> {
          Reply reply = of(files, request);
          return request.isHead()
              ? List.of(new Step.Say(reply.head(request) + "#".repeat(SMALL)))
              : reply.steps(request);
        };
  }

  private static Talk busyOnce(Map<String, Payload> files) {
    AtomicInteger asked = new AtomicInteger();
    String busy = "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy" + FOREIGN;
    return request ->
        request.isGet() && asked.incrementAndGet() == 1
            ? List.of(new Step.Say(busy))
            : of(files, request).steps(request);
  }

  private static String chunkedAndMore(String answer) {
    int end = answer.indexOf("\r\n\r\n") + 4;
    String head = answer.substring(0, end).replaceFirst("Content-Length: \\d+\r\n", "");
    String body = answer.substring(end);
    return head.substring(0, head.length() - 2)
        + CHUNKED
        + Integer.toHexString(body.length())
        + "\r\n"
        + body
        + "\r\n0\r\n\r\n"
        + FOREIGN;
  }

  private static Reply of(Map<String, Payload> files, SeenRequest request) {
    return Reply.of(files.get(request.path().substring(1)));
  }

  // ---- cut

  static List<FaultCase> cuts() {
    String group = "Cut and stalled";
    String half = OLD.text(0, 2 * MIB);
    String chunk = Long.toHexString(2 * MIB) + "\r\n" + half + "\r\n";
    return List.of(
        fresh(
                group,
                "always closed between two chunks, no ranges",
                OLD.payload(),
                () -> request -> closing(OLD.fields() + CHUNKED, request, chunk))
            .onlyAnError(),
        manyFiles(
            group,
            "a kept connection is reset by the next request",
            files ->
                () -> {
                  Map<Integer, Boolean> used = new java.util.concurrent.ConcurrentHashMap<>();
                  return request ->
                      used.putIfAbsent(request.connection(), true) == null
                          ? of(files, request).steps(request)
                          : List.of(new Step.Reset());
                }));
  }

  /** An answer of 200 to whatever is asked, after which the connection is closed. */
  private static List<Step> closing(String fields, SeenRequest request, String body) {
    String head = "HTTP/1.1 200 OK\r\n" + fields;
    return request.isHead()
        ? List.of(new Step.Say(head))
        : List.of(new Step.Say(head + body), new Step.Close());
  }

  // ---- ranges

  static List<FaultCase> ranges() {
    String group = "Ranges";
    return List.of(
        resumed(
            group,
            "two Content-Range fields, the second one true",
            OLD.payload(),
            SocketCases::twoContentRanges),
        resumed(group, "multipart/byteranges to one range", OLD.payload(), SocketCases::multipart));
  }

  private static List<Step> twoContentRanges(SeenRequest request) {
    if (!request.isRanged() || request.isHead()) {
      return OLD.steps(request);
    }
    Payload file = OLD.payload();
    long from = Math.max(0, request.start() - 4096);
    String asked = "Content-Range: bytes %d-%d/%d\r\n";
    String head =
        "HTTP/1.1 206 Partial Content\r\n"
            + OLD.fields()
            + asked.formatted(
                request.start(), request.start() + file.size() - from - 1, file.size())
            + asked.formatted(from, file.size() - 1, file.size())
            + "Content-Length: "
            + (file.size() - from)
            + "\r\n\r\n";
    return List.of(new Step.Say(head), new Step.Send(file, from, file.size()));
  }

  private static List<Step> multipart(SeenRequest request) {
    if (!request.isRanged() || request.isHead()) {
      return OLD.steps(request);
    }
    Payload file = OLD.payload();
    String before =
        "--X\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes %d-%d/%d\r\n\r\n"
            .formatted(request.start(), file.size() - 1, file.size());
    String after = "\r\n--X--\r\n";
    long length = before.length() + file.size() - request.start() + after.length();
    String head =
        "HTTP/1.1 206 Partial Content\r\n"
            + OLD.fields().replace("application/octet-stream", "multipart/byteranges; boundary=X")
            + "Content-Length: "
            + length
            + "\r\n\r\n";
    return List.of(
        new Step.Say(head + before),
        new Step.Send(file, request.start(), file.size()),
        new Step.Say(after));
  }

  // ---- versions

  static List<FaultCase> versions() {
    String group = "Versions";
    Reply sameTag = new Reply(NEW.payload(), OLD.etag(), Reply.LATER);
    return List.of(
        resumed(
            group,
            "changed between runs: same ETag, later Last-Modified",
            NEW.payload(),
            sameTag::steps),
        fresh(
            group,
            "overwritten in place while it is sent",
            new Payload(6, 20 * MIB),
            SocketCases::overwritten));
  }

  /** The first answer is of the old file up to its half, and of the new one from there on. */
  private static Talk overwritten() {
    Reply before = Reply.of(new Payload(5, 20 * MIB));
    Reply after = Reply.of(new Payload(6, 20 * MIB));
    AtomicBoolean changed = new AtomicBoolean();
    return request -> {
      if (request.isHead() || !changed.compareAndSet(false, true)) {
        return (changed.get() ? after : before).steps(request);
      }
      return List.of(
          new Step.Say(before.head(request)),
          new Step.Send(before.payload(), before.from(request), 10 * MIB),
          new Step.Send(after.payload(), 10 * MIB, before.to(request)));
    };
  }

  // ---- codings

  static List<FaultCase> codings() {
    String group = "Codings";
    String whole = OLD.text(0, OLD.payload().size());
    String gzipped = new String(gzip(OLD.payload()), StandardCharsets.ISO_8859_1);
    String length = "Content-Length: " + OLD.payload().size() + "\r\n";
    return List.of(
        fresh(
            group,
            "Transfer-Encoding: gzip, chunked",
            OLD.payload(),
            () ->
                request ->
                    closing(
                        OLD.fields() + "Transfer-Encoding: gzip, chunked\r\n\r\n",
                        request,
                        chunk(gzipped))),
        fresh(
            group,
            "Transfer-Encoding and Content-Length",
            OLD.payload(),
            () ->
                request ->
                    closing(
                        OLD.fields() + "Content-Length: 1000\r\n" + CHUNKED,
                        request,
                        chunk(whole))),
        fresh(
            group,
            "two Content-Lengths, the second one true",
            OLD.payload(),
            () ->
                request ->
                    closing(
                        OLD.fields() + "Content-Length: 1000\r\n" + length + "\r\n",
                        request,
                        whole)),
        fresh(
                group,
                "chunks without an end, a size of 1,000 bytes known",
                OLD.payload(),
                () ->
                    request ->
                        request.isHead()
                            ? List.of(new Step.Say("HTTP/1.1 200 OK\r\n" + CHUNKED))
                            : List.of(
                                new Step.Say("HTTP/1.1 200 OK\r\n" + CHUNKED),
                                new Step.Endless("10000\r\n" + "#".repeat(0x10000) + "\r\n")))
            .ofSize(1000)
            .onlyAnError());
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n0\r\n\r\n";
  }

  private static byte[] gzip(Payload payload) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      payload.stream().transferTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
