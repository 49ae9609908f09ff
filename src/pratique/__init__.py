"""Pratique: finds personal data, de-identifies it under your own keys, holds the border, proves what crossed."""

__version__ = "0.1.0"
