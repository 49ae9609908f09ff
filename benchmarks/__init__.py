"""Benchmarks against peers: ``python -m benchmarks NAME [--json]``. Figures come from here, and from nowhere else."""
