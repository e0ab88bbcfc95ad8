"""Clients made of the contract by off-the-shelf generators: they are made, they compile, and they do the main job."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import wuye_server

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def tool(name: str) -> Path:
    """A program of the suite's environment."""
    return Path(sys.executable).with_name(name)


def must(*command: str | Path, **options: object) -> None:
    """Runs a command that may not fail."""
    print("+", Path(command[0]).name, *map(str, command[1:]), flush=True)
    subprocess.run(command, check=True, **options)  # type: ignore[call-overload]


def python(program: Path, contract: Path, place: Path) -> None:
    """openapi-python-client: type-checked together with the main job that uses it."""
    place = _empty(place / "python")
    made = place / "wuye_client"
    environment = os.environ | {"PATH": f"{tool('python').parent}:{os.environ['PATH']}"}
    must(
        *(tool("openapi-python-client"), "generate", "--path", contract, "--output-path", made, "--meta", "none"),
        env=environment,
    )
    paths = environment | {"PYTHONPATH": f"{place}:{HERE}", "MYPYPATH": f"{place}:{HERE}"}
    must(tool("mypy"), "--strict", "--follow-imports=silent", HERE / "main_job.py", env=paths, cwd=place)
    must(tool("mypy"), "--package", "wuye_client", env=paths, cwd=place)
    with wuye_server.demo(program, place / "server.log") as accounts:
        must(sys.executable, "-c", f"import main_job; main_job.run({accounts.url!r})", env=paths, cwd=place)


def typescript(program: Path, contract: Path, place: Path) -> None:
    """openapi-generator's typescript-fetch, compiled by the SPA's own compiler, run by Node."""
    place = _empty(place / "typescript")
    made = place / "src/client"
    must(
        *(tool("openapi-generator-cli"), "generate", "--generator-name", "typescript-fetch", "--input-spec", contract),
        *("--output", made, "--additional-properties", "importFileExtension=.js", "--global-property", "apiDocs=false"),
    )
    (place / "package.json").write_text('{ "type": "module" }\n', encoding="utf-8")
    shutil.copy(HERE / "typescript/main-job.ts", place / "src/main-job.ts")
    must(
        *("node", ROOT / "frontend/node_modules/typescript/bin/tsc", "--strict", "--skipLibCheck", "false"),
        *("--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom,dom.iterable", "--types", ""),
        *("--rootDir", "src", "--outDir", "built", "src/main-job.ts", "src/client/index.ts"),
        cwd=place,
    )
    with wuye_server.demo(program, place / "server.log") as accounts:
        must("node", "built/main-job.js", accounts.url, cwd=place)


def _empty(place: Path) -> Path:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    return place
