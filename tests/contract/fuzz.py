"""Tries the contract with schemathesis: as posts that may, as posts that may not, and without a login."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import callers
import wuye_server
from check import Check, Given, Outcome
from wuye_server import Accounts

HERE = Path(__file__).parent
SEED = 20260301

EVERYTHING = ["--phases", "examples,coverage,fuzzing,stateful", "--mode", "all"]
WHAT_IS_VALID = ["--phases", "coverage", "--mode", "positive"]


@dataclass(frozen=True)
class Pass:
    """All operations once, by the same plan."""

    name: str
    start: Callable[[Path, Path], AbstractContextManager[Accounts]]
    plan: Callable[[Accounts, dict[str, Any]], callers.Plan]
    # What is tried without and with `--long`.
    short: list[str]
    long: list[str]
    # How many operations must have been answered 2xx. Whom everything is refused keeps any contract.
    least: int


PASSES = [
    Pass("holders", wuye_server.demo, callers.holders, [*EVERYTHING, "-n", "2"], [*EVERYTHING, "-n", "60"], 240),
    Pass("nobody", wuye_server.demo, callers.nobody, WHAT_IS_VALID, [*EVERYTHING, "-n", "5"], 4),
    *(
        Pass(post, wuye_server.demo, callers.alone(post), WHAT_IS_VALID, [*EVERYTHING, "-n", "10"], least)
        for post, least in [("recept", 170), ("tech", 110), ("cscmgr", 170)]
    ),
    Pass("admin", wuye_server.set_up, callers.alone("admin"), WHAT_IS_VALID, [*EVERYTHING, "-n", "10"], 130),
]


def run(chosen: Pass, given: Given) -> Outcome:
    """Makes one pass, on a server of its own."""
    document = json.loads(given.contract.read_text(encoding="utf-8"))
    with chosen.start(given.program, given.place / "server.log") as accounts:
        plan = chosen.plan(accounts, document)
        plan.write(given.place / "plan.json")
        before = _rights(accounts, plan)
        command: list[str | Path] = [Path(sys.executable).with_name("schemathesis")]
        command += ["--config-file", HERE / "schemathesis.toml"]
        command += ["run", given.contract, "--url", accounts.url, "--seed", str(SEED)]
        command += ["--report", "json", "--report-json-path", given.place / "report.json"]
        command += chosen.long if given.long else chosen.short
        environment = {
            "PYTHONPATH": str(HERE),
            "CONTRACT_PLAN": str(given.place / "plan.json"),
            "CONTRACT_ANSWERS": str(given.place / "answers.json"),
        }
        given.command(*command, environment=os.environ | environment)
        after = _rights(accounts, plan)
    # Refusals would look like a contract that is kept.
    faults = [] if before == after else ["a caller has lost its rights on the way"]
    return _outcome(chosen, given.place, faults)


def _rights(accounts: Accounts, plan: callers.Plan) -> dict[str, list[str]]:
    fresh = Accounts(accounts.url, accounts.password, accounts.usernames)
    return {
        name: fresh.get(name, "/me")["permissions"] for name in set(plan.by_operation.values()) & set(callers.POSTS)
    }


def _outcome(chosen: Pass, place: Path, faults: list[str]) -> Outcome:
    report = json.loads((place / "report.json").read_text(encoding="utf-8"))
    answers: dict[str, dict[str, int]] = json.loads((place / "answers.json").read_text(encoding="utf-8"))
    tested = report["operations"]["tested"]
    answered = sum(any(status.startswith("2") for status in statuses) for statuses in answers.values())
    calls = sum(sum(statuses.values()) for statuses in answers.values())
    faults += [f"schemathesis could not go on: {error}" for error in report["errors"]]
    if not report["complete"]:
        faults.append(f"schemathesis stopped early: {report['stop_reason']}")
    if answered < chosen.least:
        faults.append(f"only {answered} operations were answered 2xx, fewer than {chosen.least}")
    found = [(operation, failure) for failure in report["failures"] for operation in failure["operations"]]
    wrong = {operation for operation, _ in found}
    return Outcome(
        passed=tested - len(wrong),
        failed=len(wrong) + len(faults),
        said=f"{tested:>4} operations, {answered:>4} of them answered 2xx, {calls:>6} calls",
        faults=[f"{failure['code']} {failure['title']}: {operation}" for operation, failure in found] + faults,
    )


CHECKS = [Check(one.name, functools.partial(run, one)) for one in PASSES]
