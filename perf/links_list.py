"""The scenarios of perf/links, as data, and how many seconds each would take at best.

Rates are MiB a second, times are seconds. perf/link-relay.c says what a link does.
"""

import math
import random
from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True)
class Link:
    rtt: float
    conn: float = 0  # rate of one connection, 0: no bound
    total: float = 0  # rate of all connections, 0: no bound
    knee: tuple = ()  # (connections, per cent lost for each more)
    refuse: tuple = ()  # (connections, "429", "503" or "rst")
    retry_after: int = -1
    stall: tuple = ()  # (probability in a MiB, seconds)
    changes: tuple = ()  # ((second, total), ...)

    def settings(self):
        """The words of the relay for this link."""
        words = [f"rtt={self.rtt * 1000:g}ms"]
        words += [f"conn={self.conn:g}M"] if self.conn else []
        words += [f"total={self.total:g}M"] if self.total else []
        words += [f"knee={self.knee[0]}:{self.knee[1]:g}"] if self.knee else []
        words += [f"refuse={self.refuse[0]}:{self.refuse[1]}"] if self.refuse else []
        words += [f"retry-after={self.retry_after}"] if self.retry_after >= 0 else []
        words += [f"stall={self.stall[0]:g}:{self.stall[1]:g}s"] if self.stall else []
        words += [f"at={second:g}:total={total:g}M" for second, total in self.changes]
        return ",".join(words)

    def allowed(self):
        """The number of connections that the server bears, 0 if there is no such number."""
        return min((bound[0] for bound in (self.knee, self.refuse) if bound), default=0)

    def rate(self, total):
        """The most MiB a second by the best number of connections."""
        most = self.refuse[0] if self.refuse else 2000
        conn, total = self.conn or math.inf, total or math.inf
        above, loss = self.knee or (most, 0)
        return max(min(n * conn, total * (1 - loss / 100) ** max(0, n - above)) for n in range(1, most + 1))

    def seconds_for(self, mib):
        """Seconds until so many MiB are through, with the changes of the total on the way."""
        start, total = 0.0, self.total
        for second, next_total in sorted(self.changes):
            rate = self.rate(total)
            if mib <= rate * (second - start):
                break
            mib -= rate * (second - start)
            start, total = second, next_total
        return start + mib / self.rate(total)


@dataclass(frozen=True)
class Files:
    count: int
    mean: int  # bytes
    sigma: float = 0  # of a log-normal distribution, 0: all the same

    def sizes(self, seed, divisor):
        """The size of each file; a divisor makes large files smaller, and of small ones fewer."""
        count, mean = self.count, self.mean
        if count >= 200:
            count = max(1, count // divisor)
        else:
            mean = max(1, mean // divisor)
        if not self.sigma:
            return [mean] * count
        source = random.Random(f"{seed} {self}")
        raw = [source.lognormvariate(0, self.sigma) for _ in range(count)]
        return [max(1, round(size * mean * count / sum(raw))) for size in raw]


@dataclass(frozen=True)
class Scenario:
    name: str
    title: str
    hosts: tuple  # ((Link, (Files, ...)), ...)
    tls: bool = False  # TLS 1.3, and the server offers HTTP/2
    all: float = 0  # the rate of all hosts together

    def sizes(self, divisor=1):
        """A list of sizes for each host."""
        return [
            [size for part in files for size in part.sizes(f"{self.name} {i}", divisor)]
            for i, (_, files) in enumerate(self.hosts)
        ]

    def final(self):
        """The least number above which a host answers 429, 0 if none does."""
        return min((link.refuse[0] for link, _ in self.hosts if link.refuse[1:] == ("429",)), default=0)

    def ideal(self, divisor=1):
        """The seconds of a client without a start of its own that opens the best number of connections
        at once and keeps them full: round trips of connect and first request (TLS: one more), and bytes
        by rate. A limit of requests at a time makes files wait for each other. Slow start and stalls
        are left out, so no client can quite reach it."""
        seconds, mib = [], 0
        for (link, _), sizes in zip(self.hosts, self.sizes(divisor)):
            first = link.rtt * (3 if self.tls else 2)
            mib += sum(sizes) / MIB
            turns = (math.ceil(len(sizes) / link.refuse[0]) - 1) * link.rtt if link.refuse else 0
            seconds.append(first + max(turns, link.seconds_for(sum(sizes) / MIB)))
        if self.all:
            seconds.append(mib / self.all + min(link.rtt for link, _ in self.hosts) * 2)
        return max(seconds)

    def definition(self):
        """The scenario in words that the relay and a reader understand."""
        lines = [f"{self.name}: {self.title}" + (", TLS with HTTP/2" if self.tls else "")]
        for link, files in self.hosts:
            kinds = [
                f"{part.count} x {part.mean / MIB:.3f} MiB" + (f" (log-normal, sigma {part.sigma:g})" if part.sigma else "")
                for part in files
            ]
            lines.append(f"  {link.settings()}: {', '.join(kinds)}")
        if self.all:
            lines.append(f"  all={self.all:g}M")
        return "\n".join(lines)


def one(name, title, link, *files, **more):
    return Scenario(name, title, ((link, files),), **more)


FAR = Link(rtt=0.1, conn=6, total=120)
MIRROR = Link(rtt=0.08, conn=6, total=100)

SCENARIOS = [
    one("lan", "40 files, 600 MiB, gigabit in the house", Link(rtt=0.0004, total=112), Files(40, 15 * MIB)),
    one("one-large", "1 x 1 GiB, 100 ms, 6 of 120 MiB/s", FAR, Files(1, 1024 * MIB)),
    one("twelve", "12 x 128 MiB, 100 ms, 6 of 120 MiB/s", FAR, Files(12, 128 * MIB)),
    one("mixed", "300 files, 600 MiB log-normal, 80 ms, 6 of 100 MiB/s", MIRROR, Files(300, 2 * MIB, 1.5)),
    one("small", "3,000 x 20 KB, 80 ms", MIRROR, Files(3000, 20_000)),
    one("small-h2", "3,000 x 20 KB, 80 ms, over TLS, HTTP/2 offered", MIRROR, Files(3000, 20_000), tls=True),
    one("mixed-h2", "150 files, 210 MiB log-normal, 30 ms, 1.3 of 34 MiB/s, over TLS, HTTP/2 offered",
        Link(rtt=0.03, conn=1.3, total=34), Files(150, 1.4 * MIB, 1.3), tls=True),
    one("tiny", "20,000 x 4 KB, 20 ms", Link(rtt=0.02, conn=6, total=100), Files(20_000, 4_000)),
    one("satellite", "20 x 2 MiB, 600 ms, 1 of 6 MiB/s", Link(rtt=0.6, conn=1, total=6), Files(20, 2 * MIB)),
    one("dsl", "1 x 12 MiB and 60 x 100 KB, 40 ms, 2 MiB/s in all", Link(rtt=0.04, total=2),
        Files(1, 12 * MIB), Files(60, 100_000)),
    one("cloud", "40 x 16 MiB, 12 ms, 25 of 110 MiB/s", Link(rtt=0.012, conn=25, total=110), Files(40, 16 * MIB)),
    one("knee", "16 x 20 MiB, 60 ms, 8 of 60 MiB/s, 4 % less for each connection above 8",
        Link(rtt=0.06, conn=8, total=60, knee=(8, 4)), Files(16, 20 * MIB)),
    one("limit-429", "24 x 12 MiB, 50 ms, 8 MiB/s a connection, 429 above 6 requests",
        Link(rtt=0.05, conn=8, total=100, refuse=(6, "429")), Files(24, 12 * MIB)),
    one("limit-503", "400 x 50 KB, 100 ms, 503 with Retry-After 1 above 8 requests",
        Link(rtt=0.1, conn=6, total=100, refuse=(8, "503"), retry_after=1), Files(400, 50_000)),
    one("limit-rst", "20 x 12 MiB, 50 ms, 8 MiB/s a connection, reset above 5 connections",
        Link(rtt=0.05, conn=8, total=100, refuse=(5, "rst")), Files(20, 12 * MIB)),
    Scenario("slow-host", "30 x 10 MiB at 80 ms, 6 of 60 MiB/s, beside 10 x 1 MiB at 200 ms, 0.5 of 2 MiB/s",
             ((Link(rtt=0.08, conn=6, total=60), (Files(30, 10 * MIB),)),
              (Link(rtt=0.2, conn=0.5, total=2), (Files(10, MIB),)))),
    Scenario("eight-hosts", "8 hosts with 30 x 1 MiB each, 40 ms, 2 MiB/s a connection, 429 above 4, 60 in all",
             ((Link(rtt=0.04, conn=2, refuse=(4, "429")), (Files(30, MIB),)),) * 8, all=60),
    one("stalls", "20 x 15 MiB, 80 ms, 6 of 60 MiB/s, still for 2 s with 5 % in each MiB",
        Link(rtt=0.08, conn=6, total=60, stall=(0.05, 2)), Files(20, 15 * MIB)),
    one("faster", "40 x 10 MiB, 80 ms, 4 of 20 MiB/s, of 80 from second 5 on",
        Link(rtt=0.08, conn=4, total=20, changes=((5, 80),)), Files(40, 10 * MIB)),
    one("slower", "40 x 8 MiB, 80 ms, 4 of 50 MiB/s, of 10 from second 5 on",
        Link(rtt=0.08, conn=4, total=50, changes=((5, 10),)), Files(40, 8 * MIB)),
]


def random_scenario(seed):
    """A scenario that nobody chose: the same for the same seed."""
    source = random.Random(seed)

    def between(low, high):
        return float(f"{math.exp(source.uniform(math.log(low), math.log(high))):.2g}")

    hosts = []
    count = source.choice([1, 1, 1, 1, 2, 3, 6])
    tls = source.random() < 0.3
    for _ in range(count):
        rtt, conn = between(0.004, 0.3), between(0.5, 25)
        total = min(110, float(f"{conn * between(2, 30):.2g}")) / count
        more, limit = {}, 0
        draw = source.random()
        if draw < 0.25 and not tls:
            limit = source.randint(2, 12)
            more["refuse"] = (limit, source.choice(["429", "503", "rst"]))
            if more["refuse"][1] != "rst" and source.random() < 0.5:
                more["retry_after"] = source.randint(1, 3)
        elif draw < 0.4:
            more["knee"] = (source.randint(4, 16), source.randint(2, 6))
        elif draw < 0.5:
            more["stall"] = (between(0.01, 0.1), between(0.5, 3))
        elif draw < 0.65:
            second, changed = source.randint(3, 6), min(110, total * between(0.2, 4))
            more["changes"] = ((second, float(f"{changed if changed != total else total / 4:.2g}")),)
        link = Link(rtt=rtt, conn=conn, total=float(f"{total:.3g}"), **more)
        mib = link.rate(link.total) * source.uniform(4, 8)
        hosts.append((link, random_files(source, mib, limit, rtt, between)))
    return Scenario(f"random-{seed}", f"made by seed {seed}", tuple(hosts), tls=tls)


def random_files(source, mib, limit, rtt, between):
    kind = source.choice(["one", "few", "mixed", "small", "both"])
    if kind == "one":
        return (Files(1, int(mib * MIB)),)
    if kind == "few":
        count = source.randint(3, 40)
        return (Files(count, int(mib * MIB / count), source.choice([0, 0.5])),)
    if kind == "mixed":
        count = source.randint(50, 400)
        return (Files(count, int(mib * MIB / count), round(source.uniform(1, 2), 1)),)
    mean = int(between(2, 200) * KIB)
    # As many as 64 requests at a time, or those that are allowed, do in about six seconds.
    count = int(max(20, min(10_000, (limit or 64) * 6 / rtt, mib * MIB / mean)))
    small = Files(count, mean, source.choice([0, 1]))
    return (small,) if kind == "small" else (small, Files(2, int(mib * MIB / 3)))
