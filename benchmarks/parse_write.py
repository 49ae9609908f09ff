"""Peer (a): the bare loop that reads each line with orjson and writes it back. Usage: parse_write.py INPUT OUTPUT.

Nothing is treated, checked, hashed or signed: it is the speed at which Python can see every record at all.
"""

import json
import sys
import time

import orjson


def main() -> None:
    """Run the loop once and print seconds and records as JSON."""
    source, target = sys.argv[1:]
    loads, dumps, newline = orjson.loads, orjson.dumps, orjson.OPT_APPEND_NEWLINE
    records = 0
    start = time.perf_counter()
    with open(source, "rb", 1 << 20) as lines, open(target, "wb", 1 << 20) as out:  # noqa: PTH123 (as a script would)
        write = out.write
        for line in lines:
            write(dumps(loads(line), option=newline))
            records += 1
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "records": records}))


if __name__ == "__main__":
    main()
