package dev.bulkdl.peers;

import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The cases that a {@link FaultServer} can play: one file of 4 MiB. */
final class JettyCases {
  private static final String NAME = "file.bin";
  private static final String PATH = "/" + NAME;
  private static final long MIB = 1 << 20;
  private static final Payload OLD = new Payload(1, 4 * MIB);
  private static final Payload NEW = new Payload(2, 4 * MIB);

  /** A little of the file, so that an interrupted client has something to go on with. */
  private static final Fault STALL = new Fault.Stall(MIB / 2);

  private static final String CHUNKED =
      "{line}{fields}Transfer-Encoding: chunked\r\n\r\n{size}\r\n";
  private static final String INTERIM =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n";
  private static final String GOOD = "{line}{fields}{length}\r\n{body}";

  private JettyCases() {}

  private static FaultCase fresh(String group, String title, Consumer<FaultServer> setUp) {
    return fresh(group, title, OLD, setUp);
  }

  private static FaultCase fresh(
      String group, String title, Payload right, Consumer<FaultServer> setUp) {
    Supplier<Scene> scene =
        () -> {
          FaultServer server = FaultServer.http().serve(PATH, OLD);
          setUp.accept(server);
          return Scene.of(server, () -> {});
        };
    return fileCase(group, title, false, right, scene);
  }

  /**
   * @param lasting meets all requests, those before the interruption too
   * @param then what happens while no client runs
   */
  private static FaultCase resumed(
      String group, String title, Payload right, Fault lasting, Consumer<FaultServer> then) {
    Supplier<Scene> scene =
        () -> {
          FaultServer server = FaultServer.http().serve(PATH, OLD);
          server.always(PATH, lasting).always(PATH, SeenRequest::isGet, STALL);
          return Scene.of(
              server,
              () -> {
                server.mend(PATH).always(PATH, lasting);
                then.accept(server);
              });
        };
    return fileCase(group, title, true, right, scene);
  }

  private static FaultCase fileCase(
      String group, String title, boolean resumed, Payload right, Supplier<Scene> scene) {
    return new FaultCase(
        group,
        title,
        resumed,
        scene,
        Map.of(NAME, right),
        false,
        OptionalLong.empty(),
        List.of(NAME));
  }

  /** The first GET meets the first fault, and so on; then all is well. */
  private static Consumer<FaultServer> first(Fault... faults) {
    return server -> server.with(PATH, SeenRequest::isGet, faults);
  }

  private static Consumer<FaultServer> always(Fault... faults) {
    return server -> server.always(PATH, SeenRequest::isGet, faults);
  }

  private static Consumer<FaultServer> ranged(Fault... faults) {
    return server -> server.always(PATH, request -> request.isGet() && request.isRanged(), faults);
  }

  static List<FaultCase> cuts() {
    String group = "Cut and stalled";
    return List.of(
        fresh(group, "closed in mid-file, once", first(new Fault.CutAfter(MIB))),
        fresh(group, "reset in mid-file, once", first(new Fault.ResetAfter(MIB))),
        fresh(group, "closed without an answer, once", first(new Fault.Raw(""))),
        fresh(group, "reset without an answer, once", first(new Fault.Raw("{reset}"))),
        fresh(group, "nothing more in mid-file, once", first(new Fault.Stall(MIB))),
        fresh(group, "no answer, once", first(new Fault.HoldBefore(new Gate()))),
        fresh(
                group,
                "always closed in mid-file, no ranges",
                always(new Fault.NoRanges(), new Fault.CutAfter(MIB)))
            .onlyAnError(),
        fresh(
                group,
                "always silent in mid-file, no ranges",
                always(new Fault.NoRanges(), new Fault.Stall(MIB)))
            .onlyAnError(),
        fresh(
                group,
                "always closed in mid-chunk, no ranges",
                always(new Fault.NoRanges(), new Fault.Raw(CHUNKED + "{half}")))
            .onlyAnError());
  }

  static List<FaultCase> ranges() {
    String group = "Ranges";
    Fault none = Fault.NONE;
    return List.of(
        resumed(group, "range answered by 200", OLD, none, ranged(new Fault.NoRanges())),
        resumed(
            group,
            "206 begins 4 KiB later, and says so",
            OLD,
            none,
            ranged(new Fault.WrongRangeStart(4096))),
        resumed(
            group,
            "206 begins 4 KiB earlier, and says so",
            OLD,
            none,
            ranged(new Fault.WrongRangeStart(-4096))),
        resumed(
            group,
            "206 from the beginning, no Content-Range",
            OLD,
            none,
            ranged(new Fault.WrongRangeStart(-OLD.size()), new Fault.NoContentRange())),
        resumed(
            group, "206 of less than was asked", OLD, none, ranged(new Fault.ShortRange(100_000))),
        resumed(
            group,
            "206 with another total",
            OLD,
            none,
            ranged(new Fault.WrongTotal(OLD.size() + 1000))),
        resumed(group, "206 with total *", OLD, none, ranged(new Fault.UnknownTotal())),
        resumed(
            group,
            "416 in mid-file, with the right total",
            OLD,
            none,
            ranged(new Fault.Unsatisfiable(OLD.size()))),
        fresh(group, "206 of a part, not asked for", always(new Fault.UnaskedRange(MIB))),
        fresh(
            group,
            "HEAD gives another length",
            server -> server.always(PATH, new Fault.HeadLies(1000))),
        fresh(
            group, "HEAD not allowed", server -> server.always(PATH, new Fault.HeadNotAllowed())));
  }

  static List<FaultCase> versions() {
    String group = "Versions";
    Consumer<FaultServer> changed = server -> server.serve(PATH, NEW);
    Payload larger = new Payload(3, 5 * MIB);
    Payload smaller = new Payload(4, 3 * MIB);
    return List.of(
        resumed(group, "changed between runs: ETag", NEW, Fault.NONE, changed),
        resumed(
            group,
            "changed between runs: only Last-Modified",
            NEW,
            new Fault.OnlyLastModified(),
            changed),
        resumed(group, "changed between runs: weak ETag", NEW, new Fault.WeakEtag(), changed),
        resumed(group, "changed between runs: no validator", NEW, new Fault.NoValidator(), changed),
        resumed(
            group,
            "changed between runs: If-Range ignored",
            NEW,
            new Fault.IgnoreIfRange(),
            changed),
        resumed(
            group,
            "changed between runs: larger, no validator",
            larger,
            new Fault.NoValidator(),
            server -> server.serve(PATH, larger)),
        resumed(
            group,
            "changed between runs: smaller, ETag",
            smaller,
            Fault.NONE,
            server -> server.serve(PATH, smaller)),
        resumed(group, "not changed, two ETags in turn", OLD, new Fault.EtagPerNode(2), none()),
        resumed(group, "not changed, no validator", OLD, new Fault.NoValidator(), none()),
        fresh(
            group,
            "changed in mid-run, then cut: ETag",
            NEW,
            first(new Fault.CutAfter(MIB), new Fault.ChangedTo(NEW))),
        fresh(
            group,
            "changed in mid-run, then cut: If-Range ignored",
            NEW,
            server -> {
              server.always(PATH, new Fault.IgnoreIfRange());
              first(new Fault.CutAfter(MIB), new Fault.ChangedTo(NEW)).accept(server);
            }));
  }

  static List<FaultCase> codings() {
    String group = "Codings";
    Fault gzip = new Fault.ContentEncoding("gzip");
    return List.of(
        fresh(group, "no length: chunked", always(new Fault.Chunked())),
        fresh(group, "Content-Encoding: gzip, not asked for", s -> s.always(PATH, gzip)).gzipped(),
        resumed(group, "Content-Encoding: gzip, resumed", OLD, gzip, none()).gzipped(),
        fresh(
                group,
                "Content-Encoding: gzip, cut once",
                server -> {
                  server.always(PATH, gzip);
                  first(new Fault.CutAfter(MIB)).accept(server);
                })
            .gzipped());
  }

  static List<FaultCase> statuses() {
    String group = "Answers that are not the file";
    Fault login = new Fault.LoginPage();
    Fault busy = new Fault.Status(503);
    Fault later = new Fault.RetryAfter(429, 1);
    return List.of(
        fresh(group, "503 twice", first(busy, busy)),
        fresh(group, "429 with Retry-After twice", first(later, later)),
        fresh(group, "100 and 103 before the answer", always(new Fault.Raw(INTERIM + GOOD))),
        fresh(group, "a login page (200) after a cut, once", first(new Fault.CutAfter(MIB), login)),
        resumed(group, "a login page (200) to a resumed run, once", OLD, Fault.NONE, first(login)),
        resumed(group, "503 to a resumed run, once", OLD, Fault.NONE, first(busy)),
        fresh(group, "redirects in a circle", s -> s.always(PATH, new Fault.Redirect(302, PATH)))
            .onlyAnError(),
        fresh(group, "404 with a page", s -> s.always(PATH, new Fault.Status(404))).onlyAnError(),
        resumed(group, "404 to a resumed run", OLD, Fault.NONE, always(new Fault.Status(404)))
            .onlyAnError(),
        fresh(group, "204", always(new Fault.Raw("HTTP/1.1 204 No Content\r\n\r\n"))).onlyAnError(),
        fresh(group, "304, not asked for", always(new Fault.Raw("HTTP/1.1 304 As it was\r\n\r\n")))
            .onlyAnError(),
        fresh(group, "no HTTP at all", always(new Fault.Raw("220 ftp.example ready\r\n")))
            .onlyAnError(),
        fresh(
                group,
                "header fields without an end",
                always(new Fault.Raw("{line}{fields}{endless X-More: 1}")))
            .onlyAnError());
  }

  private static Consumer<FaultServer> none() {
    return server -> {};
  }
}
