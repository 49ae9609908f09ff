"""The errors of Pratique: one root, one base per seam, each with the exit code that the command line gives.

An error names a place and a rule, never a datum. Raise it ``from None`` wherever the cause may carry a value.

Exit codes: 0 done, 1 a defect of Pratique, 2 the request or the configuration is wrong, 3 refused (by policy,
plan or gate), 4 the data cannot be read, 5 a key is missing or unusable, 6 a store or another run stood in the
way (try again), 7 verification failed, 130 interrupted.
"""

import errno
import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Final, Self

_REMEDIES: Final[Mapping[int, str]] = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "free space there, then run it again"),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), "check who may read and write there"),
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), "raise the limit of open files (ulimit -n)"),
    errno.EFBIG: "raise the limit of a file's size (ulimit -f)",
    errno.EIO: "check the disk",
}
"""What no program is to blame for, and what to do about it."""


class PratiqueError(Exception):
    """The root of every error that a user can see.

    ``what`` happened, ``where`` (dataset, field, file line, byte offset; never a value), and what to ``do``. The text
    of the error is the three in one line.
    """

    exit_code: ClassVar[int] = 1
    transient: ClassVar[bool] = False
    """Whether the same call may succeed later with nothing changed."""

    def __init__(self, what: str, *, where: str = "", do: str = "") -> None:
        self.what = what
        self.where = where
        self.do = do
        super().__init__(self.line)

    @property
    def line(self) -> str:
        """The error as one line: ``where: what; do``."""
        start = f"{self.where}: {self.what}" if self.where else self.what
        return f"{start}; {self.do}" if self.do else start

    def within(self, place: str) -> Self:
        """The same error, whose place is in a wider ``place``; as it is where it names that already."""
        if self.where.startswith(place):
            return self
        wider = type(self)(self.what, where=f"{place}, {self.where}" if self.where else place, do=self.do)
        for name, known in vars(self).items():
            vars(wider).setdefault(name, known)
        return wider


class ConfigError(PratiqueError):
    """``pratique.yaml``, an option or an argument is wrong."""

    exit_code = 2


class PolicyError(PratiqueError):
    """A policy does not compile into a plan."""

    exit_code = 2


class CatalogueError(PratiqueError):
    """The catalogue cannot take or give what was asked."""

    exit_code = 2


class DetectionError(PratiqueError):
    """A detector cannot be built, or a recogniser cannot be loaded."""

    exit_code = 2


class TransformError(PratiqueError):
    """A transform does not take these parameters, or a value outside its domain."""

    exit_code = 2


class RefusedError(PratiqueError):
    """Something was held back on purpose: by the plan, the gate, a route or a threshold."""

    exit_code = 3


class ThresholdError(RefusedError):
    """More is in quarantine than the flow allows."""

    read: int = 0
    """Records read when that was settled."""
    quarantined: Mapping[str, int] = MappingProxyType({})
    """Records held until then, by rule."""


class SourceError(PratiqueError):
    """Input bytes cannot be read, or changed while they were read."""

    exit_code = 4


class FormatError(PratiqueError):
    """Bytes are not of the format that the dataset declares."""

    exit_code = 4


class SinkError(PratiqueError):
    """Output cannot be written."""

    exit_code = 4


class SystemFaultError(PratiqueError):
    """The operating system refused what nobody foresaw that it would, or memory ran out."""

    exit_code = 4


class KeyStoreError(PratiqueError):
    """A key is missing, unreadable, readable by others, or of another version."""

    exit_code = 5


class StoreError(PratiqueError):
    """A run store, catalogue store, quarantine or audit log is not usable now."""

    exit_code = 6


class BusyError(StoreError):
    """Another living process holds what this one needs."""

    transient = True


class UnsettledError(StoreError):
    """Nobody knows whether a transaction was committed: the holder of the stream has to ask before it goes on."""

    transient = True


class VerifyError(PratiqueError):
    """A release, or the audit chain, is not what it claims to be."""

    exit_code = 7


def remedy(error: OSError) -> str:
    """What to do about an error of the operating system that no program is to blame for; empty for any other."""
    return _REMEDIES.get(error.errno or 0, "")


def system_fault(error: BaseException, place: str) -> SystemFaultError | None:
    """The error to show for one that came out of Pratique's line ``place`` and is not its fault; None for a defect."""
    if isinstance(error, MemoryError):
        return SystemFaultError(f"memory ran out (in {place})", do="give it more, or use fewer workers")
    if isinstance(error, OSError) and error.errno in _REMEDIES:
        what = f"cannot be read or written: {os.strerror(error.errno or 0)} (in {place})"
        return SystemFaultError(what, do=remedy(error))
    return None
