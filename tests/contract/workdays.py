"""The working days that the server counts by, held day by day against an independent public source.

The source is the package `chinesecalendar` (MIT), which its authors fill in from the yearly notices of the State Council.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import wuye_server
from check import Check, Given, Outcome
from chinese_calendar import constants, is_workday

YEARS = range(2020, 2027)
# The notice for 2024 gives 1 January alone and says that it joins the weekend; the package has the weekend as holidays too.
JOINED = {date(2023, 12, 30), date(2023, 12, 31)}
WORKED = {"workday", "make_up_workday"}


def expected(day: date) -> str:
    """The kind of a day, as the source has it."""
    if day in constants.workdays:
        return "make_up_workday"
    if day in constants.holidays and day not in JOINED:
        return "holiday"
    return "weekend" if day.weekday() >= 5 else "workday"


def days(year: int) -> Iterator[date]:
    """Every day of a year."""
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def run(given: Given) -> Outcome:
    """Every day of every year that ships; one that differs is a fault."""
    faults: list[str] = []
    compared = 0
    with wuye_server.demo(given.program, given.place / "server.log") as accounts:
        for year in YEARS:
            calendar = accounts.get("cscmgr", f"/calendar?year={year}")
            told = {date.fromisoformat(day["date"]): day["kind"] for day in calendar["days"]}
            if not calendar["known"]:
                faults.append(f"{year} is not known to the server")
            for day in days(year):
                compared += 1
                kind = told.get(day, "missing")
                if kind != expected(day) or (kind in WORKED) != is_workday(day):
                    faults.append(f"{day}: the server says {kind}, the source {expected(day)}")
            faults.extend(f"{day} does not lie in {year}" for day in told if day.year != year)
    return Outcome(compared - len(faults), len(faults), f"{compared} days compared", faults)


CHECKS = [Check("workdays", run)]
