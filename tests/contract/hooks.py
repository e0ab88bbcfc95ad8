"""How schemathesis calls the product: as whom, from where, and what is left alone.

`fuzz.py` works out which account makes the calls of an operation and hands that over in the file that CONTRACT_PLAN names.
How often each operation was called, and how it was answered, is written at the end to the file that CONTRACT_ANSWERS names.
"""

from __future__ import annotations

import atexit
import contextlib
import itertools
import json
import os
import re
import threading
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis import AuthContext, Case, HookContext, Response
from schemathesis.core.failures import Failure
from schemathesis.core.parameters import ParameterLocation
from schemathesis.filters import HasAPIOperation
from schemathesis.generation.meta import TestPhase
from schemathesis.schemas import APIOperation, BaseSchema

import links
from callers import THROWN_AWAY, Plan
from known import MADE_UP, Known
from wuye_server import Accounts

PLAN = Plan.read(Path(os.environ["CONTRACT_PLAN"]))
ACCOUNTS = Accounts(PLAN.url, PLAN.password, [])


def operation_id(operation: APIOperation[Any, Any, Any, Any]) -> str:
    """As the contract names the operation."""
    name: str = operation.definition.raw["operationId"]
    return name


def has_caller(context: HasAPIOperation) -> bool:
    """Whether somebody logs in for it."""
    return operation_id(context.operation) in PLAN.by_operation


def caller(case: Case[Any], context: AuthContext) -> str:
    """The account for this operation; its token is kept under this name."""
    return PLAN.by_operation[operation_id(context.operation)]


@schemathesis.auth(refresh_interval=240, cache_by_key=caller, retry_on=[401]).apply_to(has_caller)
class Bearer:
    """Logs in when there is no token yet, when it is old, and after a 401."""

    def get(self, case: Case[Any], context: AuthContext) -> str:
        """A new token."""
        name = caller(case, context)
        try:
            return ACCOUNTS.login(name)[0]
        except RuntimeError:
            if name not in THROWN_AWAY.values():
                raise
            # Locked out by what was tried with it: its calls are answered 401 from here on.
            return "none"

    def set(self, case: Case[Any], data: str, context: AuthContext) -> None:
        """Sends it."""
        case.headers["Authorization"] = f"Bearer {data}"


# Limits of tries and reports count by address: every call comes from one of its own.
calls = itertools.count(1)
known = Known()
answers: dict[str, Counter[int]] = defaultdict(Counter)
counting = threading.Lock()


@schemathesis.hook
def before_load_schema(context: HookContext, raw_schema: dict[str, Any]) -> None:
    """Says which operations lead to which."""
    links.add(raw_schema)


@schemathesis.hook
def after_load_schema(context: HookContext, schema: BaseSchema) -> None:
    """Gets to know what is there, by all that can be read by the callers; twice, since the second half needs ids."""
    reads = [
        (path, operation["get"])
        for path, operation in schema.raw_schema["paths"].items()
        if operation.get("get", {}).get("operationId") in PLAN.by_operation
        and "application/json" in operation["get"]["responses"]["200"].get("content", {})
    ]
    for path, operation in sorted(reads, key=lambda read: read[0].count("{")):
        parameters = known.path_parameters(path, dict.fromkeys(re.findall(r"\{(\w+)\}", path), ""))
        with contextlib.suppress(RuntimeError, ValueError):
            called = path.format_map(parameters).removeprefix("/api/v1")
            known.learn(path, ACCOUNTS.get(PLAN.by_operation[operation["operationId"]], called))


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
    """Gives the call an address and records that are there, and turns away what would lock the callers out."""
    assert context.operation is not None
    number = next(calls)
    case.headers["X-Forwarded-For"] = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    # A chain goes on with the record that it came upon.
    chained = case.meta is not None and case.meta.phase.name == TestPhase.STATEFUL
    path, query, body = case.path_parameters, case.query, case.body
    if not chained and not made_wrong(case, ParameterLocation.PATH):
        path = known.path_parameters(case.path, path)
    if not made_wrong(case, ParameterLocation.QUERY):
        query = known.filled(query)
    if case.method.upper() != "GET":
        body = known.filled(body)
        if {"accounts", "org"} & set(context.operation.tags or []):
            path, body = PLAN.spared(path), PLAN.spared(body)
        if isinstance(body, dict) and body.get("key") == "access.totp_required":
            # One-time codes for everybody would end the run at the next login; tests/integration/src/access_totp.rs has
            # them.
            body = body | {"key": "visit.days"}
        if not made_wrong(case, ParameterLocation.HEADER):
            name_version(case, path, number)
    # What is set anew is judged anew, whether it is right or wrong, and a picture to upload is then taken for a wrong text.
    if path != case.path_parameters:
        case.path_parameters = path
    if query != case.query:
        case.query = query
    if body != case.body:
        case.body = body


def name_version(case: Case[Any], path: dict[str, Any], number: int) -> None:
    """Gives the call the version of its record, and a key that no other call has."""
    if key := case.headers.get("Idempotency-Key"):
        # Of the same length; the same key with another body would be refused for that.
        case.headers["Idempotency-Key"] = str(number).zfill(len(key))
    version = known.versions.get(path.get("id", path.get("code", "")))
    if version and case.method.upper() in ("PATCH", "PUT") and number % MADE_UP:
        case.headers["If-Match"] = f'"{version}"'


def made_wrong(case: Case[Any], where: ParameterLocation) -> bool:
    """Whether this part of the call is to be refused."""
    return case.meta is not None and case.meta.is_negative_at(where)


@schemathesis.hook
def after_call(context: HookContext, case: Case[Any], response: Response) -> None:
    """Counts the answer, and learns from it."""
    assert context.operation is not None
    if case.method.upper() != context.operation.method.upper():
        return
    with counting:
        answers[operation_id(context.operation)][response.status_code] += 1
    if response.status_code < 300 and response.content and "json" in response.headers.get("content-type", [""])[0]:
        known.learn(case.path, response.json())


@schemathesis.hook
def filter_failure(context: HookContext, failure: Failure, case: Case[Any], response: Response) -> bool:
    """Drops what schemathesis takes for a fault and is none."""
    if failure.code == "ST108" and response.headers.get("content-type", [""])[0].startswith("text/event-stream"):
        # OpenAPI 3.1 has no word for one event of a stream: the text that is documented is the whole of it.
        return False
    # Texts are trimmed before they are measured, so blanks at the end make none too long.
    return not (failure.code == "ST201" and "maxLength" in failure.message and padded(case.body))


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
