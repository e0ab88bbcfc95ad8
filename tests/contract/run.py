"""The contract suite: run by `cargo xtask test --only contract`, which makes the environment and names the program."""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import clients
import fuzz
import workdays
from check import Outcome

CONTRACT = Path(__file__).parents[2] / "openapi/openapi.json"
CHECKS = [*fuzz.CHECKS, *clients.CHECKS, *workdays.CHECKS]
# Each check has a server of its own, and leaves about half of the time to it.
AT_ONCE = min(2, os.cpu_count() or 1)
# So much of the log of what failed is shown.
LINES = 200


def main() -> int:
    """Runs what was asked for; the last line is for `xtask` to count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True, help="the built server")
    parser.add_argument("--place", type=Path, required=True, help="where clients, reports and logs go")
    parser.add_argument("--long", action="store_true", help="also what takes too long for every change")
    names = [check.name for check in CHECKS]
    parser.add_argument(
        "--only", action="append", metavar="NAME", choices=names, help=f"only these: {', '.join(names)}"
    )
    options = parser.parse_args()
    program, place = options.program.resolve(), options.place.resolve()
    chosen = [
        check for check in CHECKS if (check.name in options.only if options.only else options.long or not check.long)
    ]
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = {
            pool.submit(check.carry_out, program, CONTRACT, place, long=options.long): check.name for check in chosen
        }
        for ended in as_completed(running):
            outcome = ended.result()
            outcomes.append(outcome)
            tell(running[ended], outcome, place)
    passed, failed = sum(one.passed for one in outcomes), sum(one.failed for one in outcomes)
    print(f"contract: {passed} passed, {failed} failed")
    return 1 if failed else 0


def tell(name: str, outcome: Outcome, place: Path) -> None:
    """One line for a check, and one for each of its faults."""
    print(f"{name:<10} {outcome.seconds / 60:>4.1f} minutes, {outcome.failed:>3} failed: {outcome.said}", flush=True)
    for fault in outcome.faults:
        print(f"    {fault}")
    if outcome.faults:
        log = place / name / "log.txt"
        lines = log.read_text(encoding="utf-8").splitlines()
        # Where schemathesis tells them; elsewhere the end tells.
        told = next((at for at, line in enumerate(lines) if line.strip("= ") in ("ERRORS", "FAILURES")), -LINES)
        print(*lines[told:][:LINES], f"    all of it: {log}", sep="\n", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
