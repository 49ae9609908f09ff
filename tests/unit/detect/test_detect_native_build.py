"""The native part is built where it can be, and a package is built without it where it cannot."""

import shlex
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("hatchling")
    monkeypatch.syspath_prepend(str(ROOT))
    import hatch_build

    return hatch_build


@pytest.mark.parametrize("command", ["/nowhere/cc", shlex.join([sys.executable, "-c", "raise SystemExit(1)"])])
def test_no_compiler_or_one_that_fails_is_no_error(
    build, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CC", command)
    assert not build.compiled(ROOT, tmp_path / "native.so")
    assert list(tmp_path.iterdir()) == []


def test_it_can_be_left_out(build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRATIQUE_NATIVE", "0")
    assert not build.compiled(ROOT, tmp_path / "native.so")


def test_sources_compile_without_a_warning(build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRATIQUE_NATIVE", raising=False)
    if not build.compiler():
        pytest.skip("no C compiler here")
    assert build.compiled(ROOT, tmp_path / "native.so", "-O0", "-Werror")
    assert (tmp_path / "native.so").stat().st_size > 0
