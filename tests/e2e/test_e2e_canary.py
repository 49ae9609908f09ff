"""`make canary`, in small: a run without a mutant is clean, and mutants are found."""

import pytest

from tools.canary import Zoo
from tools.canary_site.mutants import MUTANTS
from tools.canary_story import check_all_take_part

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Zoo:
    return Zoo(tmp_path_factory.mktemp("zoo"), seed=7)


def test_every_command_takes_part() -> None:
    assert check_all_take_part() == []


def test_a_run_is_clean(zoo: Zoo) -> None:
    assert zoo.play("run", None) == []


@pytest.mark.parametrize("name", ["process-argument", "guard-off"])
def test_a_mutant_is_found(zoo: Zoo, name: str) -> None:
    assert zoo.play(MUTANTS[name].scene, MUTANTS[name])


def test_what_a_mutant_patches_is_there() -> None:
    """Each name that a mutant replaces is one of the program: else it would survive for want of a place to leak."""
    import importlib

    for mutant in MUTANTS.values():
        for module, patch in mutant.patches:
            names = [cell.cell_contents for cell in patch.__closure__ or () if isinstance(cell.cell_contents, str)]
            assert names
            for name in names:
                found = importlib.import_module(module)
                for part in name.split("."):
                    found = getattr(found, part)
