"""The project file: ``pratique.yaml`` read into `pratique.model.policy.Settings`, and its first draft."""

from pratique.config.load import FILE_NAME, load
from pratique.config.template import template

__all__ = ["FILE_NAME", "load", "template"]
