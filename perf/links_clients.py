"""The programs that perf/links runs, each with the settings that its users recommend.

The peers are told what bulkdl has to find out: how many connections the server bears, and whether
the files are small. docs/links.md says why each has these settings.
"""

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

MIB = 1024 * 1024


@dataclass
class Job:
    """What is to be fetched: a list of (name, size, base URL), in the order for every client."""

    files: list
    bases: list  # the URL of each host
    folder: Path  # for lists
    out: Path
    authority: Path
    allowed: list  # for each host the number of connections that it bears, 0: no bound
    final: int  # the least of those of hosts that answer 429, 0: none does
    http2: bool
    bulkdl: list = field(default_factory=list)  # the words that start bulkdl
    options: list = field(default_factory=list)  # more of them for every bulkdl
    can_be_fixed: bool = False  # it knows --adaptive

    def mean(self):
        return sum(size for _, size, _ in self.files) / len(self.files)

    def small(self):
        return self.mean() < MIB // 2

    def at_a_time(self, most):
        """Connections in all: what is recommended, or less where the servers bear less."""
        return min(most, sum(bound or most for bound in self.allowed))

    def pieces(self, most):
        """Connections for one file: what is recommended, or what the servers bear for so few files."""
        return min(most, max(1, sum(self.allowed) // len(self.files))) if any(self.allowed) else most

    def write_lists(self):
        lists = {
            "files.csv": ["filename,url"] + [f"{name},{base}/{name}" for name, _, base in self.files],
            "urls": [f"{base}/{name}" for name, _, base in self.files],
            "curl": [f'url = "{base}/{name}"\noutput = "{self.out}/{name}"' for name, _, base in self.files],
            "lftp": self.lftp(),
        }
        for i, base in enumerate(self.bases):
            lists[f"names-{i}"] = [name for name, _, its in self.files if its == base]
        for name, lines in lists.items():
            (self.folder / name).write_text("\n".join(lines) + "\n")

    def lftp(self):
        parallel = self.at_a_time(64 if self.small() else 16)
        lines = [
            f"set cmd:queue-parallel {parallel}",
            "set net:connection-limit 0",
            "set net:reconnect-interval-base 1",
            "set net:max-retries 20",
            f"set ssl:ca-file {self.authority}",
        ]
        for name, size, base in self.files:
            how = f"pget -n {self.pieces(16)}" if size >= 2 * MIB and self.pieces(16) > 1 else "get"
            lines.append(f"queue {how} {base}/{name} -o {self.out}/{name}")
        return [*lines, "queue start", "wait all"]


def bulkdl(job):
    command = [*job.bulkdl, str(job.folder / "files.csv"), "-q", "-d", str(job.out)]
    return command + (["--cacert", str(job.authority)] if job.http2 else []) + job.options


def fixed(connections):
    n = str(connections)

    def command(job):
        return off(job) + ["-c", n, "--max-per-host", n, "-j", n, "-s", n, "--segment-min", "4M"]

    return command


def off(job):
    """The defaults of bulkdl without adaptive connections."""
    return bulkdl(job) + (["--adaptive=off"] if job.can_be_fixed else [])


def aria2(job):
    """A 429 is final for aria2, and it knows no bound for a host, so it gets no more than one host bears."""
    if any(job.allowed):
        at_a_time = job.final or job.at_a_time(64)
        files = min(at_a_time, len(job.files))
        pieces = max(1, min(16, at_a_time // files))
    else:
        files, pieces = 64 if job.small() else 16, 16
    return [
        "aria2c", "--no-conf", "-q", f"-j{files}", f"-x{pieces}", f"-s{pieces}", "-k1M", "--retry-wait=1",
        "--max-tries=50", "--file-allocation=none", f"--ca-certificate={job.authority}", "-d", str(job.out),
        "-i", str(job.folder / "urls"),
    ]


def curl(job):
    """Has one connection for a file, so one file alone says nothing. HTTP/1.1, because by HTTP/2 it
    takes all files through one connection."""
    if len(job.files) == 1:
        return None
    command = ["curl", "-q", "-sS", "-f", "-Z", "--parallel-max", str(job.at_a_time(64)), "--parallel-immediate"]
    command += ["--http1.1", "--cacert", str(job.authority), "--retry", "20", "--retry-all-errors"]
    return [*command, "-K", str(job.folder / "curl")]


def wget2(job):
    """HTTP/2 for small files only: it gives a stream a window of 64 KiB. Without --chunk-size: with it,
    all chunks come over one connection (1.99.1)."""
    if len(job.files) == 1:
        return None
    small = max(size for _, size, _ in job.files) < MIB
    command = ["wget2", "-q", "--no-config", f"--max-threads={job.at_a_time(64)}", "--tries=20"]
    command += [f"--http2={'on' if small else 'off'}", f"--ca-certificate={job.authority}"]
    return [*command, "-P", str(job.out), "-i", str(job.folder / "urls")]


def rclone(job):
    words = []
    for i, (base, allowed) in enumerate(zip(job.bases, job.allowed)):
        at_a_time = allowed or (64 if job.small() else 16)
        streams = job.pieces(16) if job.pieces(16) > 1 else 0
        words.append(
            f"rclone --config /dev/null -q copy --disable-http2 --http-url {base} --ca-cert {job.authority} --no-traverse"
            f" --files-from {job.folder}/names-{i} --transfers {at_a_time} --checkers {at_a_time}"
            f" --multi-thread-streams {streams} --multi-thread-cutoff 16M --retries 10 :http: {job.out} &"
        )
    return ["sh", "-c", " ".join([*words, "wait"])]


def lftp(job):
    return ["lftp", "--norc", "-f", str(job.folder / "lftp")]


def axel(job):
    """Fetches one file only."""
    if len(job.files) != 1:
        return None
    name, _, base = job.files[0]
    return ["axel", "-q", "-n", str(job.at_a_time(32)), "-o", str(job.out / name), f"{base}/{name}"]


PEERS = {"aria2": aria2, "curl": curl, "wget2": wget2, "rclone": rclone, "lftp": lftp, "axel": axel}
PROGRAMS = {"aria2": "aria2c"}
OWN = {"bulkdl": bulkdl, "off": off}
FIXED = re.compile(r"fixed-(\d+)$")
DEFAULT = ["bulkdl", *PEERS]
SWEEP = ["off", "fixed-8", "fixed-24", "fixed-64"]


def command_of(client):
    """The function that makes the command of a client, None if there is no such client."""
    if client in OWN:
        return OWN[client]
    number = FIXED.match(client)
    return fixed(int(number.group(1))) if number else PEERS.get(client)


def is_bulkdl(client):
    return client in OWN or FIXED.match(client) is not None


def is_there(client):
    return is_bulkdl(client) or shutil.which(PROGRAMS.get(client, client)) is not None
