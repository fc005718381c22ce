"""Values that nobody means well with, for any place that takes one."""

import json
from typing import Any

# JSON can write what no UTF-8 can.
LONE_SURROGATE = "\ud800"
TEXTS = [
    "",
    " ",
    "\x00",
    "a\x00b",
    LONE_SURROGATE,
    f"a{LONE_SURROGATE}b",
    "\U0010ffff\ufffe",
    "\u202e\u0000\u200b",
    "x" * 70_000,
    "é" * 300,
    "%00%ff%",
    "../../../../etc/passwd",
    "'; SELECT pg_sleep(9); --",
    '{"$ne": null}',
    "\r\nX-Injected: 1",
    "NaN",
    "null",
]
NUMBERS = [0, -1, 2**31, -(2**31) - 1, 2**53 + 1, 2**63, -(2**63) - 1, 10**4000, 1e308, 5e-324, -0.0, 0.1]
OTHERS: list[Any] = [None, True, [], {}, [None], [[]], {"": ""}, {"__proto__": {}}]
DEEP: list[Any] = [json.loads("[" * depth + "]" * depth) for depth in (200, 300, 900)]
LARGE: list[Any] = [[""] * 10_000, [10_000 * "["], {str(number): number for number in range(2_000)}]
VALUES: list[Any] = [*TEXTS, *NUMBERS, *OTHERS, *LARGE, *DEEP]
# Where each costs a password's hash.
FEW: list[Any] = ["\x00", LONE_SURROGATE, "x" * 70_000, 2**63, None, [], {}]


def nested(depth: int, opening: str = "[", closing: str = "]") -> str:
    return opening * depth + closing * depth


# Whole bodies, which may not be JSON at all.
SUBSCRIBE = """{"id": "1", "type": "subscribe", "payload": {
    "query": "subscription { jobUpdated(id: \\"x\\") { seq } }", "variables": %s
}}"""
BODIES: dict[str, bytes] = {
    "empty": b"",
    "space": b" ",
    "half an object": b'{"text": "a"',
    "a list": b"[]",
    "a number": b"1",
    "null": b"null",
    "text": b'"text"',
    "not a number": b'{"text": NaN}',
    "infinity": b'{"text": 1e400}',
    "invalid utf-8": b'{"text": "\xff\xfe"}',
    "an overlong encoding": b'{"text": "\xc0\x80"}',
    "utf-16": '{"text": "a"}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"text": "a"}',
    "nul bytes": b"\x00" * 100,
    "a nul as an escape": b'{"text": "a\\u0000"}',
    "a lone surrogate": b'{"text": "\\ud800"}',
    "a name twice": b'{"text": "a", "text": "b", "input": ["a"], "input": []}',
    "an empty name": b'{"": ""}',
    "deep lists": nested(100_000).encode(),
    "deep objects": nested(50_000, '{"a":', "}").replace(":}", ":1}").encode(),
    "deep within a field": f'{{"text": {nested(100_000)}}}'.encode(),
    "a long number": b'{"text": ' + b"9" * 100_000 + b"}",
    "many names": json.dumps({str(number): 1 for number in range(50_000)}).encode(),
    "many items": json.dumps({"input": ["a"] * 10_000, "messages": [{}] * 10_000}).encode(),
    "too many bytes": b'{"text": "' + b"x" * 9_000_000 + b'"}',
    "a form": b"text=a&tone=brief",
    "xml": b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
}
HEADERS = [
    "",
    " ",
    "x" * 300,
    "x" * 7_000,
    "\xff\xfe".encode("latin-1").decode("latin-1"),
    "é",
    "\U0001f600",
    "a\tb",
    "%00",
]
