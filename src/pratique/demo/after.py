"""The story from the border on: verify, change a byte, return, the next day, and the analyst abroad."""

import shutil
from pathlib import Path

from pratique.crypto.signing import load_public
from pratique.demo import data, truth
from pratique.demo.abroad import count_viewers, verified
from pratique.demo.project_file import REIDENTIFIER
from pratique.demo.scene import Scene, held, short, today
from pratique.demo.telling import Mood
from pratique.errors import PratiqueError, VerifyError
from pratique.model.paths import show_path
from pratique.verify import verify_release

_KEY = "exporter.pub"
_PURPOSE = "case 17: stolen card"
_TOP = 5


def verify(scene: Scene) -> None:
    """Verify a release, then a copy with one byte changed."""
    say = scene.teller
    say.chapter("7  Abroad: verify, offline, with the exporter's public key only")
    say.command(f"pratique keys export-public {_KEY}")
    key = scene.project.export_public(scene.folder / _KEY)
    say.command(f"pratique verify {scene.shown_release('channel')} --key {_KEY}")
    verification = verify_release(
        scene.release("channel"), trust=None, exporter_key=load_public(key), seen=None, today=today()
    )
    say.result("Verified", Mood.GOOD)
    for sentence in verification.proven:
        say.result(f"+ {sentence}")
    say.result(f"- {verification.not_proven[-1]}", Mood.FAINT)
    say.say("Now one byte changes, in a copy:")
    copy = scene.folder / "changed-copy"
    shutil.copytree(scene.release("channel"), copy)
    changed = min(copy.glob("*.jsonl"))
    content = bytearray(changed.read_bytes())
    content[len(content) // 2] ^= 1
    changed.write_bytes(content)
    say.command(f"pratique verify {copy.name} --key {_KEY}")
    refusal = _refusal(copy, key)
    say.result(f"pratique: {refusal.line}   (exit {refusal.exit_code})", Mood.ATTENTION)
    scene.figures["verify"] = {
        "proven": list(verification.proven),
        "not_proven": list(verification.not_proven),
        "changed_copy": refusal.line,
        "exit_code": refusal.exit_code,
    }


def _refusal(copy: Path, key: Path) -> VerifyError:
    try:
        verify_release(copy, trust=None, exporter_key=load_public(key), seen=None, today=today())
    except VerifyError as error:
        return error
    raise PratiqueError("a release with a changed byte was verified", where="demo")


def back(scene: Scene) -> None:
    """Re-identify one flow."""
    say = scene.teller
    say.chapter("8  Return: back to persons, for a stated purpose, at home only")
    say.command(f"pratique reidentify movie --purpose '{_PURPOSE}' --to movie-restricted")
    report = scene.project.reidentify("movie", purpose=_PURPOSE, to="movie-restricted", who=REIDENTIFIER)
    source = truth.records(scene.folder / "data" / "eu" / "movie")
    restored = truth.records(Path(report.path))
    equal = sum(a == b for a, b in zip(source, restored, strict=False))
    fields = ", ".join(show_path(path) for path in report.fields)
    say.result(f"{report.records:,} records restored ({fields}) by {REIDENTIFIER}, whom the project file names")
    say.result(f"{equal:,} of {len(source):,} are the source's records again, value for value", Mood.GOOD)
    scene.figures["reidentified"] = {
        "records": report.records,
        "failed": report.failed,
        "source": len(source),
        "equal": equal,
    }


def next_day(scene: Scene) -> None:
    """A new day's events, some of which have a field that nobody has seen."""
    say = scene.teller
    say.chapter("9  The next day, a new field")
    first = scene.runs["channel"]
    earlier = _contents(scene.release("channel"))
    data.second_day(scene.folder, scene.seed)
    added = data.add_new_field(scene.folder, scene.seed)
    say.say(f"The channel stream goes on, and in some of its events there is now a {data.NEW_FIELD}.")
    say.command("pratique run channel")
    report = scene.project.run("channel", progress=say.progress)
    untouched = _contents(Path(first.release_path).parent) == earlier
    scene.took(report)
    say.result(
        f"Only what is new was read: {report.counts.read:,} records, {report.counts.written:,} released as release "
        f"{report.sequence}; in quarantine {held(report)}."
    )
    say.result(
        "Their bytes are sealed in the EU's quarantine; nobody decided, so nothing passed. Had it been more than "
        f"{scene.project.plan('channel').max_quarantine:.0%} of the records, there would be no release at all."
    )
    passed = sum(b"@mail.example.net" in content for content in _all_contents(scene.folder / "data" / "us"))
    scene.figures["next_day"] = {
        "events_in_new_file": sum(added.events.values()),
        "sequence": report.sequence,
        "earlier_release_untouched": untouched,
        "files_abroad_with_its_values": passed,
    }


def abroad(scene: Scene) -> None:
    """What the analyst in the US does."""
    say = scene.teller
    say.chapter("10  The analyst in the US: two datasets, joined by token")
    us, key = scene.folder / "data" / "us", scene.folder / _KEY
    say.command(f"for r in data/us/{{channel,movie}}/*; do pratique verify $r --key {_KEY}; done")
    channel = verified(us / "channel", key, today())
    movie = verified(us / "movie", key, today())
    viewers = count_viewers(channel, us / "channel", movie, us / "movie")
    releases = [*channel, *movie]
    say.result(
        f"{len(channel)} releases of channel-us and {len(movie)} of movie-us verified. Then counted and joined, with "
        "nothing of the EU's read:"
    )
    say.table(
        ["viewer", "shows", "purchases"],
        [[short(v.token), f"{v.shows:,}", f"{v.purchases:,}"] for v in viewers[:_TOP]],
        right=(1, 2),
    )
    shows, purchases = sum(v.shows for v in viewers), sum(v.purchases for v in viewers)
    say.result(f"{len(viewers):,} viewers, {shows:,} shows, {purchases:,} purchases, and not one name or number")
    scene.figures["abroad"] = {
        "releases": len(releases),
        "viewers": len(viewers),
        "shows": shows,
        "purchases": purchases,
        "counts": [[v.shows, v.purchases] for v in viewers],
    }


def end(scene: Scene) -> None:
    """Where to look."""
    say = scene.teller
    say.chapter(f"Done, in {scene.figures['seconds']:.1f} s. Where to look")
    say.table(
        ["in the folder", "is"],
        [
            ["pratique.yaml", "all that this follows from, on one page"],
            ["data/us/", "what crossed: files, and a release.json each"],
            [".pratique/eu/audit.jsonl", "who did what, and why: a chain of hashes"],
            [".pratique/eu/quarantine/", "what was held back, sealed"],
            ["truth/memos.json", "what was planted in the memos"],
        ],
    )
    say.command(f"cd {scene.folder} && pratique catalogue show channel tv_show")
    say.say("On from here: the README's tour, docs/guide, and pratique init for data of your own.")


def _contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def _all_contents(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
