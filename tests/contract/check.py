"""A part of the suite: what it is given, and what it comes to."""

from __future__ import annotations

import shutil
import subprocess
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path


@dataclass(frozen=True)
class Given:
    """What every check needs."""

    # The built server.
    program: Path
    # The document that is put to the proof.
    contract: Path
    # A folder for this check alone, which stays when it is over.
    place: Path
    # Whether it may take long.
    long: bool

    @property
    def log(self) -> Path:
        """What the commands of this check said."""
        return self.place / "log.txt"

    def command(self, *words: str | Path, environment: dict[str, str] | None = None) -> int:
        """Runs one in the folder and gives its exit code."""
        with self.log.open("a", encoding="utf-8") as log:
            print("+", *words, file=log, flush=True)
            return subprocess.run(
                words, stdout=log, stderr=subprocess.STDOUT, env=environment, cwd=self.place, check=False
            ).returncode

    def must(self, *words: str | Path, environment: dict[str, str] | None = None) -> None:
        """Runs one that may not fail."""
        if code := self.command(*words, environment=environment):
            raise RuntimeError(f"{Path(words[0]).name} ended with {code}; what it said is in {self.log}")


@dataclass(frozen=True)
class Outcome:
    """What a check found."""

    passed: int
    failed: int
    # What it did, for the summary.
    said: str
    faults: list[str] = field(default_factory=list)
    seconds: float = 0


@dataclass(frozen=True)
class Check:
    """One that can be chosen by name."""

    name: str
    run: Callable[[Given], Outcome]
    # Whether it is left to `--long`.
    long: bool = False

    def carry_out(self, program: Path, contract: Path, place: Path, *, long: bool) -> Outcome:
        """Runs it in an empty folder. Whatever goes wrong is its own failure, so that the others are run all the same."""
        given = Given(program, contract, place / self.name, long)
        shutil.rmtree(given.place, ignore_errors=True)
        given.place.mkdir(parents=True)
        begun = time.monotonic()
        try:
            outcome = self.run(given)
        except Exception as fault:  # noqa: BLE001
            with given.log.open("a", encoding="utf-8") as log:
                traceback.print_exc(file=log)
            outcome = Outcome(0, 1, "stopped early", [f"{type(fault).__name__}: {fault}"])
        return replace(outcome, seconds=time.monotonic() - begun)
