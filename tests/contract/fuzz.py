"""Tries the contract with schemathesis: as posts that may, as posts that may not, and without a login."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import callers
import wuye_server
from wuye_server import Accounts

HERE = Path(__file__).parent
SEED = 20260301

# What schemathesis counts apart: the least that a run may have done, or it has not done its work.
EVERYTHING = ["--phases", "examples,coverage,fuzzing,stateful", "--mode", "all"]
WHAT_IS_VALID = ["--phases", "coverage", "--mode", "positive"]


@dataclass(frozen=True)
class Run:
    """One pass over all operations."""

    name: str
    start: Callable[[Path, Path], AbstractContextManager[Accounts]]
    plan: Callable[[Accounts, dict[str, Any]], callers.Plan]
    # What is tried without and with `--long`.
    short: list[str]
    long: list[str]


RUNS = [
    Run("holders", wuye_server.demo, callers.holders, [*EVERYTHING, "-n", "2"], [*EVERYTHING, "-n", "60"]),
    Run("nobody", wuye_server.demo, callers.nobody, WHAT_IS_VALID, [*EVERYTHING, "-n", "5"]),
    *(
        Run(post, wuye_server.demo, callers.alone(post), WHAT_IS_VALID, [*EVERYTHING, "-n", "10"])
        for post in ["recept", "tech", "cscmgr"]
    ),
    Run("admin", wuye_server.set_up, callers.alone("admin"), WHAT_IS_VALID, [*EVERYTHING, "-n", "10"]),
]


@dataclass
class Result:
    """What one run came to."""

    name: str
    operations: int
    answered: int
    cases: int
    seconds: float
    faults: list[str] = field(default_factory=list)


def run(chosen: Run, program: Path, contract: Path, place: Path, *, long: bool) -> Result:
    """Makes one pass, on a server of its own."""
    place = place / chosen.name
    place.mkdir(parents=True, exist_ok=True)
    for old in place.iterdir():
        old.unlink()
    begun = time.monotonic()
    print(f"\n--- {chosen.name}", flush=True)
    document = json.loads(contract.read_text(encoding="utf-8"))
    with chosen.start(program, place / "server.log") as accounts:
        plan = chosen.plan(accounts, document)
        plan.write(place / "plan.json")
        before = _rights(accounts, plan)
        command = [Path(sys.executable).with_name("schemathesis"), "--config-file", HERE / "schemathesis.toml"]
        command += ["run", contract, "--url", accounts.url, "--seed", str(SEED)]
        command += ["--report", "json", "--report-json-path", place / "report.json"]
        command += chosen.long if long else chosen.short
        environment = {
            "PYTHONPATH": str(HERE),
            "CONTRACT_PLAN": str(place / "plan.json"),
            "CONTRACT_ANSWERS": str(place / "answers.json"),
        }
        subprocess.run(command, check=False, env=os.environ | environment, cwd=place)
        after = _rights(accounts, plan)
    return _result(chosen.name, place, before, after, time.monotonic() - begun)


def _rights(accounts: Accounts, plan: callers.Plan) -> dict[str, list[str]]:
    fresh = Accounts(accounts.url, accounts.password, accounts.usernames)
    return {name: fresh.get(name, "/me")["permissions"] for name in set(plan.by_operation.values()) & set(callers.POSTS)}


def _result(name: str, place: Path, before: Any, after: Any, seconds: float) -> Result:
    report = json.loads((place / "report.json").read_text(encoding="utf-8"))
    answers: dict[str, dict[str, int]] = json.loads((place / "answers.json").read_text(encoding="utf-8"))
    faults = [
        f"{failure['code']} {failure['title']}: {operation}"
        for failure in report["failures"]
        for operation in failure["operations"]
    ]
    faults += [f"schemathesis could not go on: {error}" for error in report["errors"]]
    if not report["complete"]:
        faults.append(f"the run stopped early: {report['stop_reason']}")
    if before != after:
        # Refusals would look like a contract that is kept.
        faults.append("a caller has lost its rights on the way")
    answered = sum(any(status.startswith("2") for status in statuses) for statuses in answers.values())
    return Result(name, report["operations"]["tested"], answered, sum(sum(a.values()) for a in answers.values()), seconds, faults)
