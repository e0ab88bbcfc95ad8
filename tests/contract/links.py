"""Links between operations, which the contract does not spell out: a record listed or made is what its paths are called with.

schemathesis would guess twenty-five thousand of them, since every record has a field called `id`, and hardly come to call one.
"""

from __future__ import annotations

import re
from typing import Any

RECORD = re.compile(r"(?P<collection>/api/v1/[^{}]+)/\{(?P<name>\w+)\}(/[^{}]+)?")


def add(contract: dict[str, Any]) -> None:
    """Writes them into the document."""
    for path, operations in contract["paths"].items():
        record = RECORD.fullmatch(path)
        if record is None or record["collection"] not in contract["paths"]:
            continue
        collection = contract["paths"][record["collection"]]
        for operation in operations.values():
            _link(contract, collection.get("get"), "200", ["items", "0"], record["name"], operation["operationId"])
            _link(contract, collection.get("post"), "201", [], record["name"], operation["operationId"])


def _link(
    contract: dict[str, Any], source: dict[str, Any] | None, status: str, there: list[str], name: str, target: str
) -> None:
    answer = (source or {}).get("responses", {}).get(status)
    if answer is None or "application/json" not in answer.get("content", {}):
        return
    schema = answer["content"]["application/json"]["schema"]
    for step in there:
        schema = (
            _resolved(contract, schema).get("items", {}) if step == "0" else _fields(contract, schema).get(step, {})
        )
    if found := _place(contract, schema, name):
        pointer = "/".join([*there, *found])
        link = {"operationId": target, "parameters": {name: f"$response.body#/{pointer}"}}
        answer.setdefault("links", {})[target] = link


def _place(contract: dict[str, Any], schema: dict[str, Any], name: str) -> list[str]:
    """Where the field stands: in the record, or in the record that is shown with more around it."""
    fields = _fields(contract, schema)
    if name in fields:
        return [name]
    return next(([field, name] for field, inner in fields.items() if name in _fields(contract, inner)), [])


def _fields(contract: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    schema = _resolved(contract, schema)
    parts = [_fields(contract, part) for part in schema.get("allOf", [])]
    return {name: inner for fields in [schema.get("properties", {}), *parts] for name, inner in fields.items()}


def _resolved(contract: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref", "")
    return contract["components"]["schemas"][reference.rpartition("/")[2]] if reference else schema
