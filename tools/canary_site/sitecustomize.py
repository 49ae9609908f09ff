"""Loaded by Python itself at the start of every process that `make canary` starts; nothing anywhere else."""

import os

if "CANARY_MORGUE" in os.environ:
    from tools.canary_site.stage import install

    install(os.environ["CANARY_MORGUE"], os.environ.get("CANARY_MUTANT", ""), os.environ.get("CANARY_FAULT", ""))
