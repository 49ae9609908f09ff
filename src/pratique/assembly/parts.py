"""One project's parts, made when they are first asked for."""

import fcntl
import filecmp
import getpass
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from pratique import formats
from pratique.audit import FileAuditLog
from pratique.connectors.files import FilesSink, FilesSource, local_path
from pratique.connectors.kafka import Address, KafkaSource, Registry, address_of
from pratique.crypto.signing import Ed25519Signer, load_public, load_signer
from pratique.detect import Detector, build_detector
from pratique.detect.models import load_model
from pratique.detect.presidio import load_recognizers
from pratique.detect.residue import ResidueDetector
from pratique.errors import BusyError, ConfigError, KeyStoreError, RefusedError, SinkError, remedy
from pratique.gate import GATE_VERSION, is_cleared
from pratique.kernel import KERNEL_VERSION
from pratique.keys import keys_path, open_keys
from pratique.model.data import Dataset, FormatSpec
from pratique.model.policy import Person, Settings
from pratique.model.stream import Window
from pratique.normalise import NORMALISE_VERSION
from pratique.ports import Format, KeyStore, Signer, Sink, Source, TextDetector, Transform
from pratique.quarantine import FileQuarantineStore
from pratique.runs import FileStagingArea, keyed_digests
from pratique.stores import FILE_NAME, SqliteCatalogueStore, SqliteLedger, SqliteRunStore
from pratique.transform import registry as transforms

# One worker is one core: what Arrow would do on more threads, more workers do. It also keeps memory flat.
pa.set_cpu_count(1)
pa.set_io_thread_count(1)


class Assembly:
    """The parts of one project."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.root = Path(settings.root)
        self._keys: dict[str, KeyStore] = {}
        self._staging: dict[str, FileStagingArea] = {}
        self._registries: dict[str, Registry] = {}

    # --- stages ---

    @cached_property
    def detector(self) -> TextDetector:
        """What treats and guards."""
        return build_detector(self.settings.detection, self.root)

    def make_detector(self, language: str | None, entities: Sequence[str] | None) -> Detector:
        """For single texts, with the project's recognisers, model and allow-list."""
        detection = self.settings.detection
        return Detector(
            language,
            entities,
            load_model(detection.model, self.root),
            recognizers=load_recognizers(detection.recognizers, self.root),
            custom=detection.entities,
            allow=detection.allow,
        )

    @cached_property
    def residue(self) -> ResidueDetector:
        """What the gate looks with."""
        return ResidueDetector()

    @cached_property
    def transforms(self) -> Mapping[str, Transform]:
        """By name."""
        return transforms()

    @cached_property
    def formats(self) -> Mapping[str, Format]:
        """By name."""
        return formats.registry()

    def warm(self) -> None:
        """Make now what every worker needs and what takes its time."""
        for part in (self.detector, self.residue, self.transforms, self.formats):
            assert part is not None

    def components(self, region: str, *specs: FormatSpec) -> dict[str, str]:
        """Name to version of everything that decides what a run writes from ``region``."""
        found = {"gate": GATE_VERSION, "kernel": KERNEL_VERSION, "normalise": str(NORMALISE_VERSION)}
        found |= {f"transform.{name}": str(t.version) for name, t in self.transforms.items()}
        found |= {f"format.{spec.name}": str(self.formats[spec.name].version) for spec in specs}
        found |= {f"detector.{name}": digest for name, digest in self.digests(region, self.detector.digests).items()}
        found |= {f"residue.{name}": digest for name, digest in self.residue.digests.items()}
        if region in self.settings.keys:
            # Never a key: the exporter's public one tells which keyset it was.
            found["keys"] = self.keys(region).exporter().key_id
        return found

    def digests(self, region: str, found: Mapping[str, str]) -> dict[str, str]:
        """Detectors' digests as a plan or a release of the region may tell them (see `keyed_digests`)."""
        return keyed_digests(self.keys(region), found) if region in self.settings.keys else dict(found)

    @cached_property
    def who(self) -> str:
        """The system's user, whom nothing proves."""
        try:
            return f"unproven:{getpass.getuser()}"
        except (KeyError, OSError):
            return f"unproven:uid {os.getuid()}"

    def format_of(self, dataset: Dataset, first: str) -> tuple[Format, Mapping[str, str]]:
        """The format that the dataset declares, or that the name of its ``first`` input tells, and its options."""
        spec = formats.format_for(dataset, first)
        return self.formats[spec.name], spec.options

    def person_signer(self, person: Person) -> Ed25519Signer:
        """The private key beside a person's public one (``x.pub``: ``x.key``); `KeyStoreError` if they do not fit."""
        public = self.root / person.public_key
        signer = load_signer(public.with_suffix(".key"))
        if signer.public != load_public(public):
            raise KeyStoreError(
                "the private key does not belong to the public key that the project lists", where=person.name
            )
        return signer

    # --- adapters ---

    def state(self, region: str) -> Path:
        """The folder of everything that this project keeps in a region."""
        return self.root / self.settings.state / region

    def keys(self, region: str) -> KeyStore:
        """The region's key store."""
        if region not in self._keys:
            uri = self.settings.keys.get(region)
            if uri is None:
                raise ConfigError(
                    f"region {region} has no keys", where="pratique.yaml", do=f"add it under keys: {region}"
                )
            self._keys[region] = open_keys(uri, self.root)
        return self._keys[region]

    def catalogue(self, region: str) -> SqliteCatalogueStore:
        """Scans and decisions of the region's datasets."""
        return SqliteCatalogueStore(self.state(region) / FILE_NAME, self.audit(region), self.who)

    def runs(self, region: str) -> SqliteRunStore:
        """Runs and releases of flows that start in the region."""
        return SqliteRunStore(self.state(region) / FILE_NAME, self.state(region) / "locks")

    def audit(self, region: str) -> FileAuditLog:
        """The region's log; signed by the region's exporter, from when there is one."""
        return FileAuditLog(self.audit_file(region), region, lambda: self._exporter(region))

    def audit_file(self, region: str) -> Path:
        """Where the region's log is."""
        return self.state(region) / "audit.jsonl"

    def renew_keys(self, region: str) -> None:
        """Read the region's keys anew when they are asked for next: they were changed."""
        self._keys.pop(region, None)

    def has_keys(self, region: str) -> bool:
        """Whether the region's keys are there, whatever state they are in."""
        uri = self.settings.keys.get(region)
        return uri is not None and (region in self._keys or keys_path(uri, self.root).exists())

    def _exporter(self, region: str) -> Signer | None:
        return self.keys(region).exporter() if self.has_keys(region) else None

    def ledger(self, region: str) -> SqliteLedger:
        """All that the region's database holds, for who checks it and for who purges it."""
        return SqliteLedger(self.state(region) / FILE_NAME)

    def staging(self, region: str) -> FileStagingArea:
        """Where parts are staged; one for all that this process stages, since it holds a lock as long as it lives."""
        if region not in self._staging:
            self._staging[region] = FileStagingArea(self.state(region) / "staging")
        return self._staging[region]

    def quarantine(self, region: str) -> FileQuarantineStore:
        """Where held records go, sealed."""
        return FileQuarantineStore(self.state(region) / "quarantine", self.keys(region).quarantine_public())

    def source(self, dataset: Dataset, window: Window | None = None) -> Source:
        """The dataset to read; of a topic what lies in the window."""
        if dataset.uri.startswith("kafka://"):
            address = address_of(dataset.uri, self.settings.clusters)
            needed = formats.uses_registry(formats.format_for(dataset, ""))
            return KafkaSource(address, self.root, self.registry(address) if needed else None, window)
        return FilesSource(dataset.uri, self.root)

    def registry(self, address: Address) -> Registry:
        """The schema registry beside a topic; `ConfigError` where the project file names none."""
        if not address.cluster.registry:
            where = f"cluster {address.cluster.name}"
            raise ConfigError("names no schema registry", where=where, do="add registry: http://… to it")
        if address.cluster.registry not in self._registries:
            self._registries[address.cluster.registry] = Registry(address.cluster.registry)
        return self._registries[address.cluster.registry]

    def sink(self, dataset: Dataset) -> Sink:
        """The dataset to write."""
        return FilesSink(dataset.uri, self.root, is_cleared)

    def folder(self, dataset: Dataset) -> Path:
        """The local folder of a dataset that flows write."""
        return local_path(dataset.uri, self.root)

    @contextmanager
    def restricted(self, dataset: Dataset, name: str) -> Iterator[BinaryIO]:
        """A new file of a restricted dataset, open to its owner only; it takes its name when it is whole.

        Never over another: a file that is there with the same bytes is left, one with other bytes refuses.
        """
        folder = self.folder(dataset)
        where = f"dataset {dataset.name}"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            unfinished = folder / f".{name}.unfinished"
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
            with os.fdopen(os.open(unfinished, flags, 0o600), "r+b") as stream:
                try:
                    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    raise BusyError("another re-identification writes this file", where=where) from None
                try:
                    # What a killed process left goes.
                    stream.truncate(0)
                    yield stream
                    stream.flush()
                    os.fsync(stream.fileno())
                    _name(unfinished, folder / name, where)
                finally:
                    unfinished.unlink(missing_ok=True)
        except OSError as error:
            raise SinkError(f"cannot be written: {error.strerror}", where=where, do=remedy(error)) from None

    def steward_keys(self) -> Mapping[str, bytes]:
        """The raw public key of every steward whom the project file lists; one whose key is missing has none here."""
        listed = {name: self.root / person.public_key for name, person in self.settings.stewards.items()}
        return {name: load_public(path) for name, path in listed.items() if path.exists()}


def _name(unfinished: Path, final: Path, where: str) -> None:
    """Give a whole file its name, unless the same bytes have it already."""
    try:
        os.link(unfinished, final, follow_symlinks=False)
    except FileExistsError:
        if final.is_symlink() or not filecmp.cmp(unfinished, final, shallow=False):
            raise RefusedError(
                "a file of this name is there with other contents", where=where, do="move it away, then ask again"
            ) from None
