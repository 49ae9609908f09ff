"""What a dataset looks like, in the words of others: JSON Schema, data contracts. Free of values."""

from pratique.exchange.contract import Contract, contract
from pratique.exchange.json_schema import json_schema
from pratique.exchange.properties import annotated, plain_properties
from pratique.exchange.text import json_text, yaml_text

__all__ = ["Contract", "annotated", "contract", "json_schema", "json_text", "plain_properties", "yaml_text"]
