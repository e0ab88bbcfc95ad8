"""Records that are there, learned from the answers: made-up ids would be answered 404 before anything else is looked at."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PARAMETER = re.compile(r"/([^/{}]+)/\{(\w+)\}")

# What records are called by, the first of which is there.
NAMES = ["id", "code", "clause", "tracking_code"]

# Of so many ids one is left as it was made up.
MADE_UP = 5

# What is named by its part, not by its kind.
KINDS = {
    "about_employee": "employees",
    "custodian_id": "employees",
    "import_run_id": "imports",
    "master_id": "employees",
    "mediator_id": "employees",
    "order": "work-orders",
    "origin_case": "cases",
    "owner_id": "employees",
    "owners": "parties",
    "request": "repair-requests",
    "run": "imports",
    "set": "goal-sets",
    "stand_in_id": "employees",
    "technician_id": "employees",
    "to_employee_id": "employees",
    "visitor_id": "employees",
}

# Parameters that are not called as the field is.
FIELDS = {"item": "id", "token": "id"}


def kind(field: str) -> str:
    """The collection, as paths name it, that a field of this name has its records in."""
    if known := KINDS.get(field):
        return known
    name = re.sub("_ids?$", "", field).replace("_", "-")
    if name.endswith("s"):
        return name
    return name.removesuffix("y") + "ies" if name.endswith("y") else name + "s"


class Known:
    """Grows with each answer; which of the records is used next depends on nothing but the calls before."""

    def __init__(self) -> None:
        self.records: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        self.versions: dict[str, int] = {}
        self._at_home: dict[str, str] = {}
        self._turns: Counter[str] = Counter()

    def learn(self, path: str, answer: Any) -> None:
        """Takes in what the operation at this path answered."""
        collection = re.fullmatch(r".*/([^/{}]+)(/\{\w+\})?", path)
        assert collection is not None, path
        self._take(collection[1], answer)

    def _take(self, collection: str, value: Any) -> None:
        if isinstance(value, list):
            for one in value:
                self._take(collection, one)
        if not isinstance(value, dict):
            return
        names = [value[key] for key in NAMES if isinstance(value.get(key), str)]
        if names:
            # Actions answer with the record under a path of their own.
            collection = self._at_home.setdefault(names[0], collection)
            self.records[collection].setdefault(names[0], {}).update(value)
        if isinstance(value.get("version"), int):
            self.versions.update(dict.fromkeys(names, value["version"]))
        for field, inner in value.items():
            if field == "items" and "next_cursor" in value:
                self._take(collection, inner)
            elif isinstance(inner, dict | list):
                self._take(kind(field), inner)
            elif isinstance(inner, str) and field.endswith("_id") and UUID.fullmatch(inner):
                self.records[self._at_home.setdefault(inner, kind(field))].setdefault(inner, {"id": inner})

    def one(self, collection: str, field: str = "id") -> str | None:
        """The next of its records, by this field of it."""
        there = [
            record[field] for record in self.records.get(collection, {}).values() if isinstance(record.get(field), str)
        ]
        self._turns[collection] += 1
        if not there or self._turns[collection] % MADE_UP == 0:
            return None
        found: str = there[self._turns[collection] % len(there)]
        return found

    def path_parameters(self, path: str, made_up: dict[str, Any]) -> dict[str, Any]:
        """Those of the call, with records that are there."""
        for collection, name in PARAMETER.findall(path):
            field = "public_code" if "/public/estates/" in path else FIELDS.get(name, name)
            if name in made_up and (found := self.one(collection, field)):
                made_up = made_up | {name: found}
        return made_up

    def filled(self, value: Any, field: str = "") -> Any:
        """The same with ids that are there in place of made-up ones."""
        match value:
            case str() if UUID.fullmatch(value):
                return self.one(kind(field)) or value
            case list():
                return [self.filled(one, field) for one in value]
            case dict():
                return {name: self.filled(one, name) for name, one in value.items()}
        return value
