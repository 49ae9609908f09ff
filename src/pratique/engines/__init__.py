"""Engines map parts to workers, nothing else."""
