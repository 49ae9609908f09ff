"""The demo: sample data on the whole way through, each step told, done, and measured.

Nothing is staged: every result is what the library's own calls gave, and every command that is shown does what was
done. The figures come back as one document.
"""

import time
from pathlib import Path
from typing import Any

from pratique.demo import after, at_home
from pratique.demo.scene import Scene
from pratique.demo.telling import Teller

_CHAPTERS = (
    at_home.prepare,
    at_home.know,
    at_home.decide,
    at_home.plan,
    at_home.move,
    at_home.memos,
    after.verify,
    after.back,
    after.next_day,
    after.abroad,
)


def tell(folder: Path, *, seed: int, teller: Teller) -> dict[str, Any]:
    """Tell the story in ``folder``, which is empty or not there yet; gives its figures.

    Raises `PratiqueError` where a step fails that should not, and where one does not fail that should.
    """
    began = time.monotonic()
    scene = Scene(folder, seed, teller)
    for chapter in _CHAPTERS:
        chapter(scene)
    scene.figures["seconds"] = round(time.monotonic() - began, 2)
    after.end(scene)
    return scene.figures
