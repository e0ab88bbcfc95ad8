"""How schemathesis calls the product: as whom, from where, and what is left alone.

`fuzz.py` works out which account makes the calls of an operation and hands that over in the file that CONTRACT_PLAN names.
How often each operation was called, and how it was answered, is written at the end to the file that CONTRACT_ANSWERS names.
"""

from __future__ import annotations

import atexit
import itertools
import json
import os
import threading
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis import AuthContext, Case, HookContext, Response
from schemathesis.core.failures import Failure

from callers import Plan
from wuye_server import Accounts

PLAN = Plan.read(Path(os.environ["CONTRACT_PLAN"]))
ACCOUNTS = Accounts(PLAN.url, PLAN.password, [])


def operation_id(context: AuthContext | HookContext) -> str:
    """As the contract names the operation."""
    assert context.operation is not None
    return context.operation.definition.raw["operationId"]


def has_caller(context: AuthContext | HookContext) -> bool:
    """Whether somebody logs in for it."""
    return operation_id(context) in PLAN.by_operation


def caller(case: Case, context: AuthContext) -> str:
    """The account for this operation; its token is kept under this name."""
    return PLAN.by_operation[operation_id(context)]


@schemathesis.auth(refresh_interval=240, cache_by_key=caller, retry_on=[401]).apply_to(has_caller)
class Bearer:
    """Logs in when there is no token yet, when it is old, and after a 401."""

    def get(self, case: Case, context: AuthContext) -> str:
        """A new token."""
        return ACCOUNTS.login(caller(case, context))[0]

    def set(self, case: Case, data: str, context: AuthContext) -> None:
        """Sends it."""
        case.headers["Authorization"] = f"Bearer {data}"


# Limits of tries and reports count by address: every call comes from one of its own.
addresses = (f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}" for n in itertools.count(1))

# The version of each record, as its last answer told.
etags: dict[str, str] = {}

answers: dict[str, Counter[int]] = defaultdict(Counter)
counting = threading.Lock()


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
    """Gives the call an address and the version of its record, and turns away what would lock the callers out."""
    assert context.operation is not None
    case.headers["X-Forwarded-For"] = next(addresses)
    if case.headers.get("If-Match", "").startswith('"'):
        case.headers["If-Match"] = etags.get(case.formatted_path, case.headers["If-Match"])
    if case.method.upper() == "GET":
        return
    if {"accounts", "org"} & set(context.operation.tags or []):
        case.path_parameters = PLAN.spared(case.path_parameters)
        case.body = PLAN.spared(case.body)
    if isinstance(case.body, dict) and case.body.get("key") == "access.totp_required":
        # One-time codes for everybody would end the run at the next login; tests/integration/src/access_totp.rs has them.
        case.body = case.body | {"key": "visit.days"}


@schemathesis.hook
def after_call(context: HookContext, case: Case, response: Response) -> None:
    """Counts the answer, and keeps the version that it tells."""
    if etag := response.headers.get("etag"):
        etags[case.formatted_path] = etag[0]
    with counting:
        answers[operation_id(context)][response.status_code] += 1


@schemathesis.hook
def filter_failure(context: HookContext, failure: Failure, case: Case, response: Response) -> bool:
    """Drops what schemathesis takes for a fault and is none."""
    if failure.code == "ST204" and response.status_code == 404:
        # PATCH /houses/export is PATCH /houses/{id} with an id that is none: 404.
        return False
    if failure.code == "ST201" and "maxLength" in failure.message and padded(case.body):
        # Texts are trimmed before they are measured, so blanks at the end make none too long.
        return False
    return True


def padded(value: Any) -> bool:
    """Whether some text in it begins or ends with a blank."""
    match value:
        case str():
            return value != value.strip()
        case list():
            return any(map(padded, value))
        case dict():
            return any(map(padded, value.values()))
    return False


@atexit.register
def write_answers() -> None:
    """Leaves the counts for the summary."""
    Path(os.environ["CONTRACT_ANSWERS"]).write_text(json.dumps(answers), encoding="utf-8")
