"""`pratique` on the path as a client of a process that has imported it already, and forks for every command.

Of a command that takes a tenth of a second, its imports take eight: a test that runs a hundred of them asks for this.
Each runs in a process of its own with the client's arguments, folder, variables, umask and streams, and ends as the
script does. That the script itself starts, the other tests here show.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_CLIENT = """#!{python} -IS
import json, os, socket, sys

os.umask(mask := os.umask(0))
asked = {{"words": sys.argv[1:], "folder": os.getcwd(), "variables": dict(os.environ), "mask": mask}}
with socket.socket(socket.AF_UNIX) as server:
    server.connect({place!r})
    socket.send_fds(server, [json.dumps(asked).encode()], [0, 1, 2])
    server.shutdown(socket.SHUT_WR)
    sys.exit(int(server.recv(16) or 70))
"""
_LONGEST_START = 60.0


@contextmanager
def preloaded(folder: Path, env: Mapping[str, str]) -> Iterator[Path]:
    """A folder with such a `pratique`. ``env``: of the process that forks, as `offline.environment` gives it."""
    place, bin_ = folder / "socket", folder / "bin"
    bin_.mkdir()
    client = bin_ / "pratique"
    client.write_text(_CLIENT.format(python=sys.executable, place=str(place)), encoding="utf-8")
    client.chmod(0o755)
    with subprocess.Popen(
        [sys.executable, __file__, str(place)], env=dict(env), cwd=folder, stdin=subprocess.DEVNULL
    ) as server:
        try:
            end = time.monotonic() + _LONGEST_START
            while not place.exists():
                assert server.poll() is None, "the process that forks did not start"
                assert time.monotonic() < end, "the process that forks does not start"
                time.sleep(0.02)
            yield bin_
        finally:
            server.kill()


def _serve(place: str) -> None:
    """Fork for each that asks; returns in the forked process only, which is then to do as the script does."""
    import pratique.demo
    import pratique.project  # noqa: F401

    parent = os.getppid()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who answer
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{place}.new")
        listener.listen(16)
        listener.settimeout(5.0)
        Path(f"{place}.new").rename(place)
        while True:
            try:
                asking, _ = listener.accept()
            except TimeoutError:
                if os.getppid() != parent:
                    os._exit(0)  # the test's process was killed
                continue
            if os.fork() == 0:
                break
            asking.close()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with asking:
        data, streams, _, _ = socket.recv_fds(asking, 1 << 16, 3)
        while more := asking.recv(1 << 16):
            data += more
        command = os.fork()
        if command:
            _, status = os.waitpid(command, 0)
            asking.sendall(str(os.waitstatus_to_exitcode(status)).encode())
            os._exit(0)
    asked = json.loads(data)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    # Those of this process know where its own streams led.
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(at, "r" if at == 0 else "w", closefd=False) for at in range(3))
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["variables"])
    os.umask(asked["mask"])
    sys.argv = ["pratique", *asked["words"]]


if __name__ == "__main__":
    _serve(sys.argv[1])
    from pratique.cli import main

    main()
