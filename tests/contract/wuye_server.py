"""A server in a place of its own, and the accounts that call its API."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import shutil
import struct
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

ADDRESS = re.compile(r"listening on (http://127\.0\.0\.1:\d+)")
SETUP_CODE = re.compile(r"enter the code (\S+)")
START_SECONDS = 240
STOP_SECONDS = 15


@dataclass
class Accounts:
    """Accounts with one password between them."""

    url: str
    password: str
    usernames: list[str]
    _tokens: dict[str, tuple[str, float]] = field(default_factory=dict)

    def login(self, username: str, code: str | None = None) -> tuple[str, int]:
        """A new access token and its life in seconds."""
        given = {"username": username, "password": self.password} | ({"totp": code} if code else {})
        session = answer(requests.post(f"{self.url}/api/v1/auth/login", json=given, timeout=60))
        return session["access_token"], session["expires_in"]

    def token(self, username: str) -> str:
        """An access token, renewed at half of its life."""
        known = self._tokens.get(username)
        if known is None or known[1] < time.monotonic():
            token, seconds = self.login(username)
            known = (token, time.monotonic() + seconds / 2)
            self._tokens[username] = known
        return known[0]

    def get(self, username: str, path: str) -> Any:
        """Reads what somebody may read."""
        headers = {"Authorization": f"Bearer {self.token(username)}"}
        return answer(requests.get(f"{self.url}/api/v1{path}", headers=headers, timeout=60))


def answer(response: requests.Response) -> Any:
    """The answer of a call that must succeed."""
    if not response.ok:
        raise RuntimeError(f"{response.request.method} {response.url}: {response.status_code} {response.text}")
    return response.json()


@contextmanager
def demo(program: Path, log: Path) -> Iterator[Accounts]:
    """A demo estate with its staff."""
    with _running(program, log, ["--demo", "--rooms", "240"]) as greeting:
        url = ADDRESS.findall(greeting)[0]
        offered = answer(requests.get(f"{url}/api/v1/demo-accounts", timeout=60))
        yield Accounts(url, offered["password"], [account["username"] for account in offered["accounts"]])


@contextmanager
def set_up(program: Path, log: Path) -> Iterator[Accounts]:
    """A server as its administrator has it after the first steps: an estate, no staff, no one-time codes."""
    with _running(program, log, []) as greeting:
        accounts = Accounts(ADDRESS.findall(greeting)[0], "five tall green bamboos", ["admin"])
        new = {"code": SETUP_CODE.findall(greeting)[0], "username": "admin", "password": accounts.password}
        answer(requests.post(f"{accounts.url}/api/v1/auth/setup", json=new | {"estate_name": "翠湖花园"}, timeout=60))

        def post(token: str, path: str, body: dict[str, Any]) -> Any:
            headers = {"Authorization": f"Bearer {token}"}
            return answer(requests.post(f"{accounts.url}/api/v1{path}", headers=headers, json=body, timeout=60))

        # An administrator sets codes up before anything else, and may do without from then on.
        token, _ = accounts.login("admin")
        secret = post(token, "/me/totp", {})["secret"]
        recovery = post(token, "/me/totp/confirm", {"code": totp(secret)})["codes"]
        token, _ = accounts.login("admin", recovery[0])
        post(token, "/settings", {"key": "access.totp_required", "value": 0, "reason": "contract"})
        post(token, "/me/totp/remove", {"password": accounts.password})
        yield accounts


def totp(secret: str) -> str:
    """The one-time code of this moment (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


@contextmanager
def _running(program: Path, log: Path, arguments: list[str]) -> Iterator[str]:
    """Serves on a free port and yields the greeting; what else is said goes to `log`."""
    place = Path(tempfile.mkdtemp(prefix="wuye-contract-"))
    # The database runs as another user when this is run by root.
    place.chmod(0o755)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {"NO_COLOR": "1"}
    # Limits count by address, and a believed proxy lets each call of the suite come from another one.
    command: list[str | Path] = [program, "serve", "--listen", "127.0.0.1:0", "--trusted-proxies", "127.0.0.1"]
    command += ["--data-dir", place / "d", *arguments]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
    try:
        yield _greeting(server, log)
    finally:
        server.terminate()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        shutil.rmtree(place, ignore_errors=True)


def _greeting(server: subprocess.Popen[str], log: Path) -> str:
    """The lines that are no log entries, up to the one that ends the greeting."""
    said: list[str] = []
    told = threading.Event()

    def read() -> None:
        assert server.stdout is not None
        with log.open("w", encoding="utf-8") as kept:
            for line in server.stdout:
                kept.write(line)
                if not told.is_set():
                    said.append(line)
                    # The address is followed by one line: the code of the first start, or the demo's password.
                    if len(said) > 1 and ADDRESS.search(said[-2]):
                        told.set()
        told.set()

    threading.Thread(target=read, daemon=True).start()
    told.wait(START_SECONDS)
    greeting = "".join(said)
    if not ADDRESS.search(greeting):
        raise RuntimeError(f"the server printed no address; what it said is in {log}")
    return greeting
