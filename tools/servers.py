"""Real servers for tests, tours and benchmarks: ``python tools/servers.py up|down|status [FOLDER]``.

A Kafka broker (KRaft) and a schema registry (Apicurio, which speaks Confluent's REST API), from Maven by name, on
loopback only, on ports that were free when the folder was made. They need Java 17 and Maven. `Servers` is what tests
use; everything that runs is stopped by the process ids that were written down, and by no name.

The first start keeps Java's classes in an archive (AppCDS) when it ends; later ones are quicker by half.
"""

import argparse
import contextlib
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "deploy" / "servers"
DIST = ROOT / ".cache" / "servers-dist"
DEFAULT = ROOT / ".cache" / "servers"
CLUSTER = "UHJhdGlxdWVUZXN0Q2x1cw"
_JVM = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms64m", "-Xmx320m")
_PORTS = ("plain", "controller", "sasl", "registry")
_PATIENCE = 180.0
"""Seconds for a server to answer: crowded machines are slow."""
_SETTLING = 2.0
"""Seconds in which a process that was just started may not have its command line yet."""
_MARKS = {"kafka": "kafka.Kafka", "registry": "apicurio-registry-app"}
"""What stands in the command line of each server's process: a number that came to another program is not killed."""


class ServersError(Exception):
    """The servers cannot be had here; one line says why."""


@dataclass(frozen=True, slots=True)
class Servers:
    """The servers of one folder, which holds their data, logs, ports and process ids."""

    folder: Path = DEFAULT

    # --- what callers need --------------------------------------------------------------------------------------------

    @property
    def bootstrap(self) -> str:
        """Of the broker, without authentication."""
        return f"127.0.0.1:{self.ports['plain']}"

    @property
    def sasl(self) -> str:
        """Of the broker, with SCRAM-SHA-512: users ``admin`` and ``pratique``, each with its name as password."""
        return f"127.0.0.1:{self.ports['sasl']}"

    @property
    def registry(self) -> str:
        """The root of Confluent's REST API."""
        return f"http://127.0.0.1:{self.ports['registry']}/apis/ccompat/v7"

    @property
    def ports(self) -> Mapping[str, int]:
        """By name; chosen once, so that a server comes back where it was."""
        file = self.folder / "ports.json"
        if not file.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(_free_ports()), encoding="utf-8")
        found: Mapping[str, int] = json.loads(file.read_text(encoding="utf-8"))
        return found

    def up(self) -> None:
        """Start what is not running, and wait until it answers. Raises `ServersError`."""
        download()
        self.start("registry")
        self.start("kafka")
        self.wait("kafka")
        self.wait("registry")

    def down(self) -> None:
        """Stop both, gently."""
        for name in _MARKS:
            self.stop(name)

    def alive(self, name: str) -> bool:
        """Whether the process that was started for it runs."""
        return self.pid(name) is not None

    def pid(self, name: str) -> int | None:
        """The process id of a running server."""
        try:
            pid = int((self.folder / f"{name}.pid").read_text(encoding="utf-8"))
            words = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError):
            return None
        return pid if _MARKS[name].encode() in words else None

    # --- one server ---------------------------------------------------------------------------------------------------

    def start(self, name: str) -> None:
        """Start one server, unless it runs; `wait` tells when it answers."""
        if self.alive(name):
            return
        command = self._kafka() if name == "kafka" else self._registry()
        # Not by `Popen`: it would want to know of the end of what shall outlive this process.
        log = (os.POSIX_SPAWN_OPEN, 1, str(self.folder / f"{name}.log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        # What this process was given open, a lock for one, is not the server's to keep when this process is gone.
        for link in Path("/proc/self/fd").iterdir():
            with contextlib.suppress(OSError):
                if int(link.name) > 2:
                    os.set_inheritable(int(link.name), False)
        actions = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), log, (os.POSIX_SPAWN_DUP2, 1, 2)]
        pid = os.posix_spawnp(command[0], command, os.environ, file_actions=actions, setsid=True)
        (self.folder / f"{name}.pid").write_text(str(pid), encoding="utf-8")

    def wait(self, name: str) -> None:
        """Wait until a server answers a real question. Raises `ServersError`, with the end of its log."""
        asks: Callable[[], bool] = self._broker_answers if name == "kafka" else self._registry_answers
        end, seen = time.monotonic() + _PATIENCE, time.monotonic()
        while time.monotonic() < end:
            if self.alive(name):
                seen = time.monotonic()
            elif time.monotonic() > seen + _SETTLING:
                break
            try:
                if asks():
                    return
            except (OSError, struct.error):
                pass
            time.sleep(0.1)
        log = (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace").splitlines()
        raise ServersError(f"{name} did not come up: {log[-1] if log else 'it wrote nothing'}")

    def stop(self, name: str, *, kill: bool = False, patience: float = 30.0) -> None:
        """End one server: gently, or with ``kill`` like a crash."""
        pid = self.pid(name)
        if pid is not None:
            os.kill(pid, signal.SIGKILL if kill else signal.SIGTERM)
            end = time.monotonic() + patience
            while self.alive(name):
                _reap(pid)
                if time.monotonic() > end:
                    os.kill(pid, signal.SIGKILL)
                time.sleep(0.05)
        (self.folder / f"{name}.pid").unlink(missing_ok=True)

    def forget(self) -> None:
        """Stop everything and remove all data."""
        self.down()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- how each is started and asked --------------------------------------------------------------------------------

    def _kafka(self) -> list[str]:
        words = {**{name.upper(): str(port) for name, port in self.ports.items()}, "DATA": str(self.folder / "data")}
        text = (SOURCES / "kafka.properties").read_text(encoding="utf-8")
        for word, value in words.items():
            text = text.replace(f"@{word}@", value)
        properties = self.folder / "kafka.properties"
        properties.write_text(text, encoding="utf-8")
        classes = ":".join(str(path) for path in sorted((DIST / "kafka").glob("*.jar")))
        log = f"-Dlog4j2.configurationFile={SOURCES / 'log4j2.properties'}"
        if not (self.folder / "data" / "meta.properties").exists():
            scram = [f"SCRAM-SHA-512=[name={user},password={user}]" for user in ("admin", "pratique")]
            users = [word for one in scram for word in ("--add-scram", one)]
            form = ["format", "--config", str(properties), "--cluster-id", CLUSTER, *users]
            _call(["java", *_JVM, log, "-cp", classes, "kafka.tools.StorageTool", *form])
        return ["java", *_JVM, *_archive("kafka"), log, "-cp", classes, "kafka.Kafka", str(properties)]

    def _registry(self) -> list[str]:
        jar = next((DIST / "registry").glob("apicurio-registry-app-*-runner.jar"))
        settings = {
            "quarkus.http.host": "127.0.0.1",
            "quarkus.http.port": str(self.ports["registry"]),
            "apicurio.ccompat.use-canonical-hash": "true",
            "apicurio.ccompat.max-subjects": "100000",
            "apicurio.datasource.jdbc.initial-size": "2",
            "apicurio.datasource.jdbc.min-size": "2",
        }
        words = [f"-D{name}={value}" for name, value in settings.items()]
        return ["java", *_JVM, *_archive("registry"), *words, "-jar", str(jar)]

    def _broker_answers(self) -> bool:
        """Whether Metadata (version 1, all topics) names a controller and a broker."""
        with socket.create_connection(("127.0.0.1", self.ports["plain"]), 3) as link:
            link.settimeout(3)
            question = struct.pack(">hhih5si", 3, 1, 7, 5, b"probe", -1)
            link.sendall(struct.pack(">i", len(question)) + question)
            stream = link.makefile("rb")
            answer = stream.read(struct.unpack(">i", stream.read(4))[0])
        number, brokers = struct.unpack(">ii", answer[:8])
        at = 8
        for _ in range(brokers):  # each is an id, a host, a port, a rack
            at += 6 + struct.unpack(">h", answer[at + 4 : at + 6])[0] + 4
            at += 2 + max(struct.unpack(">h", answer[at : at + 2])[0], 0)
        controller: int = struct.unpack(">i", answer[at : at + 4])[0]
        return bool(number == 7 and brokers == 1 and controller >= 0)

    def _registry_answers(self) -> bool:
        with urllib.request.urlopen(f"{self.registry}/subjects", timeout=3) as answer:  # noqa: S310 (loopback)
            return bool(answer.status == 200)


def download() -> None:
    """Have Maven unpack the servers, once for each state of the list. Raises `ServersError`."""
    done = DIST / ".done"
    state = sha256((SOURCES / "pom.xml").read_bytes()).hexdigest()
    if done.exists() and done.read_text(encoding="utf-8") == state:
        return
    for tool in ("java", "mvn"):
        if shutil.which(tool) is None:
            raise ServersError(f"{tool} is not installed (the servers need Java 17 and Maven)")
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir(parents=True)
    _call(["mvn", "-B", "-q", "-f", str(SOURCES / "pom.xml"), f"-Ddist={DIST}", "package"])
    done.write_text(state, encoding="utf-8")


def _archive(name: str) -> list[str]:
    """Read the classes' archive; where there is none yet, write it when the server ends."""
    file = DIST / f"{name}.jsa"
    return [f"-XX:SharedArchiveFile={file}" if file.exists() else f"-XX:ArchiveClassesAtExit={file}"]


def _call(command: list[str]) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, text=True)
    if done.returncode:
        lines = done.stdout.strip().splitlines() or ["no output"]
        raise ServersError(f"{command[0]} failed: {lines[-1][:200]}")


def _free_ports() -> dict[str, int]:
    links = [socket.socket() for _ in _PORTS]
    try:
        for link in links:
            link.bind(("127.0.0.1", 0))
        return {name: link.getsockname()[1] for name, link in zip(_PORTS, links, strict=True)}
    finally:
        for link in links:
            link.close()


def _reap(pid: int) -> None:
    """Take note of a child's end; what was started by another process is not ours to wait for."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="A Kafka broker and a schema registry on loopback.")
    parser.add_argument("what", choices=("up", "down", "status", "forget"))
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    words = parser.parse_args()
    servers = Servers(words.folder.resolve())
    try:
        if words.what != "status":
            getattr(servers, words.what)()
    except ServersError as error:
        print(f"servers: {error}", file=sys.stderr)
        return 1
    if words.what in ("up", "status"):
        for name, address in (("kafka", servers.bootstrap), ("registry", servers.registry)):
            pid = servers.pid(name)
            print(f"{name:9} {address if pid else '-':44} {f'pid {pid}' if pid else 'not running'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
