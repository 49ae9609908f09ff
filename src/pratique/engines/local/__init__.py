"""The local engine: parts on this machine, in this process or in several."""

from pratique.engines.local.helpers import HelperProcesses
from pratique.engines.local.processes import ProcessEngine
from pratique.engines.local.single import SingleEngine

__all__ = ["HelperProcesses", "ProcessEngine", "SingleEngine"]
