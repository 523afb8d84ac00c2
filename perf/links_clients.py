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
    folder: Path  # for lists
    out: Path
    authority: Path
    allowed: int  # connections to a host, 0: no bound
    hosts: int
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
        return min(most, self.allowed * self.hosts) if self.allowed else most

    def write_lists(self):
        lists = {
            "files.csv": ["filename,url"] + [f"{name},{base}/{name}" for name, _, base in self.files],
            "urls": [f"{base}/{name}" for name, _, base in self.files],
            "curl": [f'url = "{base}/{name}"\noutput = "{self.out}/{name}"' for name, _, base in self.files],
            "lftp": self.lftp(),
        }
        for i, base in enumerate(self.bases()):
            lists[f"names-{i}"] = [name for name, _, its in self.files if its == base]
        for name, lines in lists.items():
            (self.folder / name).write_text("\n".join(lines) + "\n")

    def bases(self):
        return sorted({base for _, _, base in self.files})

    def lftp(self):
        parallel = self.at_a_time(64 if self.small() else 16)
        lines = [
            f"set cmd:queue-parallel {parallel}",
            "set net:connection-limit 0",
            "set net:reconnect-interval-base 1",
            "set net:max-retries 20",
            f"set ssl:ca-file {self.authority}",
        ]
        how = "get" if self.small() or self.allowed else "pget -n 16"
        lines += [f"queue {how} {base}/{name} -o {self.out}/{name}" for name, _, base in self.files]
        return [*lines, "queue start", "wait all"]


def bulkdl(job):
    command = [*job.bulkdl, str(job.folder / "files.csv"), "-q", "-d", str(job.out)]
    return command + (["--cacert", str(job.authority)] if job.http2 else []) + job.options


def fixed(connections):
    n = str(connections)

    def command(job):
        words = ["-c", n, "--max-per-host", n, "-j", n, "-s", n, "--segment-min", "4M"]
        return bulkdl(job) + (["--adaptive", "off"] if job.can_be_fixed else []) + words

    return command


def aria2(job):
    """A 429 is final for aria2, and it knows no bound for a host, so it gets no more than one host bears."""
    if job.small():
        files, pieces = job.allowed or 64, 1
    elif job.allowed:
        files = min(job.allowed, len(job.files))
        pieces = max(1, job.allowed // files)
    else:
        files, pieces = 16, 16
    return [
        "aria2c", "--no-conf", "-q", f"-j{files}", f"-x{pieces}", f"-s{pieces}", "-k1M", "--retry-wait=1",
        "--max-tries=50", "--file-allocation=none", f"--ca-certificate={job.authority}", "-d", str(job.out),
        "-i", str(job.folder / "urls"),
    ]


def curl(job):
    """Has one connection for a file, so one file alone says nothing."""
    if len(job.files) == 1:
        return None
    command = ["curl", "-q", "-sS", "-f", "-Z", "--parallel-max", str(job.at_a_time(64)), "--retry", "20"]
    command += ["--cacert", str(job.authority), "--http2"] if job.http2 else ["--parallel-immediate"]
    return [*command, "--retry-all-errors", "-K", str(job.folder / "curl")]


def wget2(job):
    """Without --chunk-size: with it, all chunks come over one connection (1.99.1)."""
    if len(job.files) == 1:
        return None
    command = ["wget2", "-q", "--no-config", f"--max-threads={job.at_a_time(64)}", "--tries=20"]
    command.append(f"--ca-certificate={job.authority}")
    return [*command, "-P", str(job.out), "-i", str(job.folder / "urls")]


def rclone(job):
    at_a_time = job.allowed or (64 if job.small() else 16)
    streams = 0 if job.allowed or job.small() else 16
    words = " ".join(
        f"rclone --config /dev/null -q copy --http-url {base} --ca-cert {job.authority} --no-traverse"
        f" --files-from {job.folder}/names-{i} --transfers {at_a_time} --checkers {at_a_time}"
        f" --multi-thread-streams {streams} --multi-thread-cutoff 16M --retries 10 :http: {job.out} &"
        for i, base in enumerate(job.bases())
    )
    return ["sh", "-c", f"{words} wait"]


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
FIXED = re.compile(r"fixed-(\d+)$")
DEFAULT = ["bulkdl", *PEERS]
SWEEP = ["fixed-8", "fixed-24", "fixed-64"]


def command_of(client):
    """The function that makes the command of a client, None if there is no such client."""
    if client == "bulkdl":
        return bulkdl
    number = FIXED.match(client)
    return fixed(int(number.group(1))) if number else PEERS.get(client)


def is_bulkdl(client):
    return client == "bulkdl" or FIXED.match(client) is not None


def is_there(client):
    return is_bulkdl(client) or shutil.which(PROGRAMS.get(client, client)) is not None
