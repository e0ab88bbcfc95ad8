"""The contract suite: run by `cargo xtask test --only contract`, which makes the environment and names the program."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import fuzz

ROOT = Path(__file__).parents[2]
CONTRACT = ROOT / "openapi/openapi.json"


def main() -> int:
    """Runs what was asked for; the last line is for `xtask` to count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True, help="the built server")
    parser.add_argument("--place", type=Path, required=True, help="where clients, reports and logs go")
    parser.add_argument("--long", action="store_true", help="also what takes too long for every change")
    parser.add_argument("--only", action="append", help="only these passes")
    options = parser.parse_args()
    options.place.mkdir(parents=True, exist_ok=True)
    chosen = [one for one in fuzz.RUNS if not options.only or one.name in options.only]
    results = [
        fuzz.run(one, options.program.resolve(), CONTRACT, options.place.resolve(), long=options.long) for one in chosen
    ]
    print()
    for result in results:
        print(
            f"{result.name:<10} {result.operations:>4} operations, {result.answered:>4} of them answered 2xx, "
            f"{result.cases:>6} calls, {len(result.faults):>3} faults, {result.seconds / 60:.1f} minutes"
        )
    for result in results:
        for fault in result.faults:
            print(f"{result.name}: {fault}")
    failed = sum(len(result.faults) for result in results)
    passed = sum(result.operations for result in results) - failed
    print(f"contract: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
