"""Clients made of the contract by off-the-shelf generators: they are made, they compile, and they do the main job."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import wuye_server
from check import Check, Given, Outcome

HERE = Path(__file__).parent
COMPILER = HERE.parents[1] / "frontend/node_modules/typescript/bin/tsc"


def tool(name: str) -> Path:
    """A program of the suite's environment."""
    return Path(sys.executable).with_name(name)


def python(given: Given) -> None:
    """openapi-python-client: type-checked together with the main job that uses it."""
    # The generator looks for its formatter on the path.
    environment = os.environ | {"PATH": f"{tool('python').parent}:{os.environ['PATH']}"}
    made = given.place / "wuye_client"
    given.must(
        *(tool("openapi-python-client"), "generate", "--path", given.contract, "--output-path", made, "--meta", "none"),
        environment=environment,
    )
    paths = environment | {"PYTHONPATH": f"{given.place}:{HERE}", "MYPYPATH": f"{given.place}:{HERE}"}
    checked = ["--module", "main_job", "--package", "wuye_client"]
    given.must(tool("mypy"), "--config-file", HERE / "mypy.ini", *checked, environment=paths)
    with wuye_server.demo(given.program, given.place / "server.log") as accounts:
        given.must(sys.executable, "-c", f"import main_job; main_job.run({accounts.url!r})", environment=paths)


def typescript(given: Given) -> None:
    """openapi-generator's typescript-fetch, compiled by the SPA's own compiler, run by Node."""
    made = given.place / "src/client"
    given.must(
        *(tool("openapi-generator-cli"), "generate", "--generator-name", "typescript-fetch"),
        *("--input-spec", given.contract, "--output", made),
        *("--additional-properties", "importFileExtension=.js", "--global-property", "apiDocs=false"),
    )
    (given.place / "package.json").write_text('{ "type": "module" }\n', encoding="utf-8")
    shutil.copy(HERE / "typescript/tsconfig.json", given.place)
    shutil.copy(HERE / "typescript/main-job.ts", given.place / "src")
    given.must("node", COMPILER, "--project", given.place)
    with wuye_server.demo(given.program, given.place / "server.log") as accounts:
        given.must("node", "built/main-job.js", accounts.url)


def _passed(client: Callable[[Given], None]) -> Callable[[Given], Outcome]:
    def run(given: Given) -> Outcome:
        client(given)
        return Outcome(1, 0, "made, compiled, and the main job done")

    return run


CHECKS = [Check("python", _passed(python)), Check("typescript", _passed(typescript), long=True)]
