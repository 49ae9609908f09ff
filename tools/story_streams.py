"""`make story-streams`: the streams' whole story with real parts, by the commands that a person would type.

A Kafka broker and a schema registry are started; four topics of events are made, filled by four producers at once,
scanned, decided, treated into four anonymised topics with Avro values; then looked at, verified, and met with a field
that nobody knew, which is held, decided and replayed. Each step is held: a command that fails, or a figure that is not
what it must be, ends the story with 1. All is made up, and lies in FOLDER, which is made anew.
"""

import argparse
import datetime as dt
import json
import os
import random
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pratique.demo.streams import Streams
from tools.servers import ROOT, Servers, ServersError

STREAMS = ("channel", "movie", "website", "mobile")
KEYS = {"mobile": "a_party"}
"""The field that is a message's key, where that is not the viewer's id."""
STEWARD = "privacy-office"
PERSONAL = {
    "user_id": "USER_ID",
    "card_number": "CREDIT_CARD",
    "a_party": "PHONE_NUMBER",
    "b_party": "PHONE_NUMBER",
    "date": "DATE_TIME",
    "purchase_date": "DATE_TIME",
    "starting_time": "DATE_TIME",
}
NEW = 25
"""Events with a field that is new."""
PROJECT = """\
name: story
regions: [eu]
keys: {{eu: file:keys/eu.json}}
stewards: {{{steward}: keys/{steward}.pub}}
clusters:
  eu-cluster: {{bootstrap: "{bootstrap}", registry: "{registry}"}}
datasets:
{datasets}
detection:
  entities:
    USER_ID: {{patterns: ['\\buser-\\d{{5}}\\b'], score: 0.8, context: [user, viewer]}}
policies:
  default:
    entities:
      USER_ID: {{token: viewer}}
      CREDIT_CARD: {{mask: {{keep_last: 4}}}}
      PHONE_NUMBER: {{token: phone}}
      DATE_TIME: shift_date
    not_personal: keep
    otherwise: quarantine
flows:
{flows}
"""


class Wrong(Exception):  # noqa: N818 (what was found, not an error)
    """The story did not go as it must; one line says where."""


class Story:
    """One folder, one broker, one project."""

    def __init__(self, folder: Path, events: int) -> None:
        self._folder, self._events = folder, events
        self._servers = Servers(folder / "servers")
        self._streams = Streams(random.Random(7))  # noqa: S311 (made-up data, not secrets)

    def tell(self) -> None:
        """All of it; `Wrong` where something is not as it must be."""
        self._servers.up()
        self._prepare()
        self._topics()
        self._produce()
        self._decide()
        self._run()
        self._look()
        self._new_field()

    # --- steps --------------------------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        datasets, flows = [], []
        for name in STREAMS:
            raw, done, subject = f"{name}-raw-data", f"{name}-anonymised-data", KEYS.get(name, "user_id")
            both = "region: eu, topic: {partitions: 2}"
            datasets.append(f"  {name}: {{uri: kafka://eu-cluster/{raw}, format: json, subject: {subject}, {both}}}")
            datasets.append(f"  {name}-anonymised: {{uri: kafka://eu-cluster/{done}, format: avro, {both}}}")
            flows.append(f"  {name}: {{from: {name}, to: {name}-anonymised, policy: default, max_quarantine: 0.05}}")
        text = PROJECT.format(
            steward=STEWARD,
            bootstrap=self._servers.bootstrap,
            registry=self._servers.registry,
            datasets="\n".join(datasets),
            flows="\n".join(flows),
        )
        (self._folder / "pratique.yaml").write_text(text, encoding="utf-8")
        self._say("keys create")

    def _topics(self) -> None:
        _title("Topics, and what stands beside them")
        self._say("topics create")
        names = {one["topic"] for one in self._ask("topics list")}
        if missing := {f"{name}-{kind}-data" for name in STREAMS for kind in ("raw", "anonymised")} - names:
            raise Wrong(f"{len(missing)} topics are missing")
        self._say("topics list")

    def _produce(self) -> None:
        _title("Four producers at once")
        days = [dt.date(2026, 3, 1) + dt.timedelta(number) for number in range(28)]
        running = []
        for name in STREAMS:
            file = self._folder / f"{name}.jsonl"
            lines = self._streams.of(name)(self._events, days)
            file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
            running.append(self._start(f"produce {name} {file.name} --key {KEYS.get(name, 'user_id')}"))
        for process in running:
            if process.wait():
                raise Wrong("a producer failed")

    def _decide(self) -> None:
        _title("What is in them, and what people say to it")
        for name in STREAMS:
            self._say(f"scan {name}")
            self._review(name)
        self._say("catalogue list channel")
        self._say("plan channel")

    def _review(self, name: str) -> None:
        """What `pratique review` asks about one by one, said at once: what is personal, and what is not."""
        held: dict[str, list[str]] = {}
        rejected: dict[str, list[str]] = {}
        free: list[str] = []
        for view in self._ask(f"catalogue list {name}"):
            field = view["field"]
            entity = PERSONAL.get(KEYS.get(name, "user_id") if field == "kafka-key" else field)
            if entity is not None:
                held.setdefault(entity, []).append(field)
                continue
            free.append(field)
            for proposed in _types(view):
                rejected.setdefault(proposed, []).append(field)
        signed = f"--as {STEWARD} --reason story"
        for entity, fields in held.items():
            self._say(f"catalogue set {name} {' '.join(fields)} --entity {entity} {signed}")
        for entity, fields in rejected.items():
            self._say(f"catalogue reject {name} {' '.join(fields)} --entity {entity} {signed}")
        self._say(f"catalogue not-personal {name} {' '.join(free)} {signed}")

    def _run(self) -> None:
        _title("Treated, exactly once")
        for name in STREAMS:
            found = self._ask(f"run {name}")
            if (found["read"], found["written"], found["quarantined"]) != (self._events, self._events, 0):
                raise Wrong(f"of {self._events} events of {name} {found['written']} came out")
        self._say("status")
        if any(one["behind"] for one in self._ask("lag")):
            raise Wrong("something is behind")

    def _look(self) -> None:
        _title("What came out, by the registry and by eye")
        self._say("registry list")
        self._say("registry show channel-anonymised-data-value")
        self._say("topics tail channel-raw-data -n 2")
        self._say("topics tail channel-anonymised-data -n 2")
        self._say("keys export-public exporter.pub")
        for name in STREAMS:
            self._verify(name)

    def _verify(self, name: str) -> None:
        self._say(f"verify kafka://eu-cluster/{name}-anonymised-data --flow {name} --key exporter.pub")

    def _new_field(self) -> None:
        _title("A field that nobody knew goes to quarantine, and what follows it is not kept waiting")
        lines = (self._folder / "channel.jsonl").read_text(encoding="utf-8").splitlines()[: 2 * NEW]
        odd = [{**json.loads(line), **({"device": "tv"} if at % 2 else {})} for at, line in enumerate(lines)]
        (self._folder / "new.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in odd), encoding="utf-8")
        self._say("produce channel new.jsonl --key user_id")
        found = self._ask("run channel")
        if (found["written"], found["quarantined"]) != (NEW, NEW):
            raise Wrong(f"{found['quarantined']} events are held, {found['written']} came out")
        self._say("status channel")
        self._say("quarantine list channel")
        self._say("scan channel")
        self._review("channel")
        self._say("quarantine replay channel")
        now = self._ask("status channel")[0]
        if now["written"] != self._events + 2 * NEW:
            raise Wrong(f"{now['written']} events came out after the replay, not {self._events + 2 * NEW}")
        self._verify("channel")

    # --- commands -----------------------------------------------------------------------------------------------------

    def _start(self, words: str, **more: Any) -> "subprocess.Popen[str]":
        print(f"$ pratique {words}", flush=True)
        command = [sys.executable, "-m", "pratique", *shlex.split(words)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        return subprocess.Popen(command, cwd=self._folder, env=environment, text=True, **more)

    def _say(self, words: str) -> None:
        """Run a command and show what it says."""
        if code := self._start(words).wait():
            raise Wrong(f"pratique {words} ended with {code}")

    def _ask(self, words: str) -> Any:
        """Run a command and take what it says as data."""
        return json.loads(self._captured(f"{words} --output json"))

    def _captured(self, words: str) -> str:
        process = self._start(words, stdout=subprocess.PIPE)
        found, _ = process.communicate()
        if process.returncode:
            raise Wrong(f"pratique {words} ended with {process.returncode}")
        return found

    def end(self) -> None:
        """Stop the servers, and forget what they hold."""
        self._servers.forget()


def _types(view: dict[str, Any]) -> list[str]:
    """Types that a field is proposed to hold, or gave evidence of."""
    return sorted(set(view.get("entities", ())) | {one["entity"] for one in view.get("evidence", {}).get("types", ())})


def _title(text: str) -> None:
    print(f"\n== {text}", flush=True)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="The streams' whole story, with real servers.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / ".cache" / "story-streams")
    parser.add_argument("--events", type=int, default=2_000, help="of each stream")
    words = parser.parse_args()
    folder = words.folder.resolve()
    Servers(folder / "servers").down()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    story = Story(folder, words.events)
    try:
        story.tell()
    except (Wrong, ServersError) as error:
        print(f"story-streams: {error}", file=sys.stderr)
        return 1
    finally:
        story.end()
    print("\nstory-streams: told, and every step held")
    return 0


if __name__ == "__main__":
    sys.exit(main())
