"""The one place that knows Google's Protobuf: a schema's text to its descriptor, by ``protoc`` in a process of its own.

A schema comes from whoever writes to the registry. The compiler sees a folder with that one file, and beside it only
what Protobuf itself brings along and what Confluent's registry knows by itself. What it says is thrown away, for it
quotes the schema.
"""

import base64
import binascii
import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from pratique.errors import ConfigError, FormatError

LONGEST_TEXT: Final = 1 << 20
"""Bytes of a schema's text; a longer one is not read."""
_SECONDS: Final = 60.0
_FILE: Final = "schema.proto"
_META: Final = """\
syntax = "proto3";
package confluent;
import "google/protobuf/descriptor.proto";
message Meta {
  string doc = 1;
  map<string, string> params = 2;
  repeated string tags = 3;
  repeated Rule rules = 4;
}
message Rule {
  string name = 1;
  string doc = 2;
  string expr = 3;
  string sql = 4;
}
extend google.protobuf.FileOptions { Meta file_meta = 1088; }
extend google.protobuf.MessageOptions { Meta message_meta = 1088; }
extend google.protobuf.FieldOptions { Meta field_meta = 1088; }
extend google.protobuf.EnumOptions { Meta enum_meta = 1088; }
extend google.protobuf.EnumValueOptions { Meta enum_value_meta = 1088; }
"""
"""What schemas import as ``confluent/meta.proto``: tags and properties of fields stand in its ``field_meta``."""
_DECIMAL: Final = """\
syntax = "proto3";
package confluent.type;
message Decimal {
  bytes value = 1;
  uint32 precision = 2;
  int32 scale = 3;
}
"""
"""What schemas import as ``confluent/type/decimal.proto``."""
_BESIDE: Final = {"meta.proto": _META, "type/decimal.proto": _DECIMAL}


def _refused() -> FormatError:
    return FormatError("no Protobuf schema that is read", where="the Protobuf schema", do="see what the registry holds")


def compile_schema(text: str) -> list[Any]:
    """The ``FileDescriptorProto`` of a schema, last, after those of what it imports.

    ``text`` is in the language of ``.proto`` files, or a descriptor in base64, as some clients register it. Raises
    `FormatError`, which quotes nothing, for any other text and for one that imports what is not here; `ConfigError`
    where the compiler is not installed.
    """
    if len(text) > LONGEST_TEXT:
        raise _refused()
    try:
        from google.protobuf import descriptor_pb2  # noqa: PLC0415 (an extra)
    except ImportError:
        raise _missing() from None
    try:
        given = base64.b64decode(text, validate=True)
        if given:
            return [descriptor_pb2.FileDescriptorProto.FromString(given)]
    except (binascii.Error, ValueError, UnicodeEncodeError):
        pass
    except Exception:  # noqa: BLE001 - the client's DecodeError, whose words may quote the text
        raise _refused() from None
    return _compiled(text, descriptor_pb2)


def _compiled(text: str, descriptor_pb2: Any) -> list[Any]:
    found = importlib.util.find_spec("grpc_tools")
    if found is None or found.origin is None:
        raise _missing()
    with tempfile.TemporaryDirectory(prefix="pratique-") as folder:
        root = Path(folder)
        (root / "confluent" / "type").mkdir(parents=True)
        for name, content in _BESIDE.items():
            (root / "confluent" / name).write_text(content, encoding="utf-8")
        try:
            (root / _FILE).write_bytes(text.encode())
        except UnicodeEncodeError:
            raise _refused() from None
        command = [
            *(sys.executable, "-I", "-m", "grpc_tools.protoc"),
            *(f"-I{root}", f"-I{Path(found.origin).parent / '_proto'}"),
            *("--include_imports", f"--descriptor_set_out={root / 'out'}", _FILE),
        ]
        try:
            done = subprocess.run(  # noqa: S603 - every word is ours
                command,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
            )
            # What it did not take it does not write.
            out = (root / "out").read_bytes() if not done.returncode else b"\xff"
            files = descriptor_pb2.FileDescriptorSet.FromString(out).file
        except Exception:  # noqa: BLE001 - too slow, no output, or a descriptor nested too deep for its own reader
            raise _refused() from None
    return list(files)


def _missing() -> ConfigError:
    return ConfigError("Protobuf needs its compiler", do="run: pip install 'pratique[protobuf]'")
