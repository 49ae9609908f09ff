"""The kernel: everything that touches a value. A plan bound to keys treats batches; engines only move them."""

from pratique.kernel.bind import BoundPlan, bind
from pratique.kernel.inverse import InversePlan, bind_inverse

KERNEL_VERSION = "2"

__all__ = ["KERNEL_VERSION", "BoundPlan", "InversePlan", "bind", "bind_inverse"]
