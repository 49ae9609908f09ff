"""The ways to treat a value, one a file: apply, inverse, class and grammar of the output.

`registry` is all of them by name. What they share: `common` (values, parameters), `dates` (date formats), `base64url`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from pratique.ports import Transform
from pratique.transform.drop import Drop
from pratique.transform.generalise import Generalise
from pratique.transform.keep import Keep
from pratique.transform.mask import Mask
from pratique.transform.pseudonym import Pseudonym
from pratique.transform.redact import Redact
from pratique.transform.replace import Replace
from pratique.transform.shift_date import ShiftDate
from pratique.transform.token import Token

_ALL: tuple[Transform, ...] = (
    Keep(),
    Drop(),
    Redact(),
    Replace(),
    Mask(),
    Pseudonym(),
    Token(),
    ShiftDate(),
    Generalise(),
)
_REGISTRY: Mapping[str, Transform] = MappingProxyType({t.name: t for t in _ALL})


def registry() -> Mapping[str, Transform]:
    """Every transform, by the name that policies use."""
    return _REGISTRY
