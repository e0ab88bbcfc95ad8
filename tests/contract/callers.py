"""Who calls what: each operation by a post that holds its permission, by one account alone, or by nobody who is logged in."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from wuye_server import Accounts

# Between them they hold every permission; the first that holds one makes its calls.
POSTS = ["recept", "pubsup", "cscmgr", "depmgr", "finsup", "ticket", "tech", "gm"]

# These end or lock the session that calls them, so other accounts call them, on which nothing else depends. Whose password
# was given wrongly too often cannot log in for a quarter of an hour, so that one shares with no session.
THROWN_AWAY = {
    "logout": "guard",
    "logout_everywhere": "guard",
    "end_own_session": "guard",
    "change_own_password": "guard2",
    "start_totp": "guard3",
    "confirm_totp": "guard3",
    "remove_totp": "guard3",
}

# Whom writes about people are turned to, lest one caller ends the rights of another.
STAND_IN = "guard4"
# Where there is no such colleague.
NOBODY = "00000000-0000-7000-8000-000000000000"


@dataclass
class Plan:
    """What the hooks need to know."""

    url: str
    password: str
    # The account for each operation. Those of the public have none, and without a login none has.
    by_operation: dict[str, str]
    # Ids of the callers, their people and assignments, each with that of a colleague nobody calls as.
    stand_ins: dict[str, str]

    @staticmethod
    def read(path: Path) -> Plan:
        """As `write` left it."""
        return Plan(**json.loads(path.read_text(encoding="utf-8")))

    def write(self, path: Path) -> None:
        """For the hooks, which run in another process."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")

    def spared(self, value: Any) -> Any:
        """The same with the stand-in's ids in place of the callers'."""
        match value:
            case str():
                return self.stand_ins.get(value, value)
            case list():
                return [self.spared(one) for one in value]
            case dict():
                return {name: self.spared(one) for name, one in value.items()}
        return value


def guarded(contract: dict[str, Any]) -> dict[str, str]:
    """The permission of each operation that needs one."""
    operations = (operation for path in contract["paths"].values() for operation in path.values())
    return {one["operationId"]: one["x-permission"] for one in operations if one["x-permission"] != "public"}


def nobody(accounts: Accounts, contract: dict[str, Any]) -> Plan:
    """Without a login."""
    return Plan(accounts.url, accounts.password, {}, {})


def holders(accounts: Accounts, contract: dict[str, Any]) -> Plan:
    """Each operation by the first post that holds its permission."""
    first: dict[str, str] = {}
    for post in POSTS:
        for permission in accounts.get(post, "/me")["permissions"]:
            first.setdefault(permission, post)
    return _plan(accounts, {name: first[permission] for name, permission in guarded(contract).items()})


def alone(username: str) -> Any:
    """Every operation by one account, whether it may or not."""

    def plan(accounts: Accounts, contract: dict[str, Any]) -> Plan:
        return _plan(accounts, dict.fromkeys(guarded(contract), username))

    return plan


def _plan(accounts: Accounts, by_operation: dict[str, str]) -> Plan:
    callers = set(by_operation.values())
    # Where nobody can be thrown away, nobody makes those calls.
    called = {
        name: THROWN_AWAY.get(name, account)
        for name, account in by_operation.items()
        if THROWN_AWAY.get(name, account) in accounts.usernames
    }
    return Plan(accounts.url, accounts.password, called, _stand_ins(accounts, callers))


def _stand_ins(accounts: Accounts, callers: set[str]) -> dict[str, str]:
    there = _ids(accounts, STAND_IN) if STAND_IN in accounts.usernames else [NOBODY]
    return {mine: theirs for caller in callers for mine, theirs in zip(_ids(accounts, caller), there, strict=False)}


def _ids(accounts: Accounts, username: str) -> list[str]:
    me = accounts.get(username, "/me")
    employee = me.get("employee")
    return [me["account_id"], *([employee["id"], me["posts"][0]["assignment_id"]] if employee else [])]
