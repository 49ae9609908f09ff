"""Verifying takes no more than it needs: whoever audits it, or installs it alone, has little to read and to trust."""

import subprocess
import sys


def test_verify_loads_neither_arrow_nor_numpy() -> None:
    look = "import sys, pratique.verify; print(*sorted({'numpy', 'pyarrow', 'orjson', 'pydantic'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", look], check=True, capture_output=True, text=True)
    assert found.stdout.split() == []
