"""How a stream's worker is asked to end."""

import io
import os
import signal
import threading

from pyarrow import csv

from pratique.cli.streams import _asked


def test_a_signal_breaks_off_nothing_that_is_being_read():
    """Arrow takes notice of signals too, and would break off with an error what it reads."""
    lines = b"number,text\n" + b"1,abc\n" * 20_000
    done = threading.Event()

    def nag():
        while not done.wait(0.001):
            os.kill(os.getpid(), signal.SIGTERM)

    with _asked() as stop:
        thread = threading.Thread(target=nag)
        thread.start()
        try:
            tables = [csv.read_csv(io.BytesIO(lines)) for _ in range(20)]
        finally:
            done.set()
            thread.join()
        assert stop
    assert {len(table) for table in tables} == {20_000}
