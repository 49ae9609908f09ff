"""Every mutant by its name."""

from tools.canary_site import mutants_aloud, mutants_inside
from tools.canary_site.mutant import Mutant

MUTANTS: dict[str, Mutant] = {mutant.name: mutant for mutant in (*mutants_aloud.MUTANTS, *mutants_inside.MUTANTS)}
