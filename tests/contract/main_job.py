"""The main job, driven with the client that openapi-python-client made of the contract.

From what residents report to the figures of the goals that it moves, each step by the post whose step it is. The client is
typed, and so is this: mypy checks both.
"""

from __future__ import annotations

import io
import zlib
from typing import Any, TypeVar
from uuid import UUID, uuid4

from wuye_client import AuthenticatedClient, Client
from wuye_client.api.auth import list_demo_accounts, login
from wuye_client.api.estate import list_estates, list_houses
from wuye_client.api.files import upload_file
from wuye_client.api.goals import get_goal_figures, list_goal_sets
from wuye_client.api.public import create_public_report, get_public_report, upload_public_photo
from wuye_client.api.self_ import get_me
from wuye_client.api.service_desk import (
    accept_work_order,
    add_case_measure,
    arrive_work_order,
    assign_case,
    check_case_closing,
    close_case,
    confirm_case_validity,
    dispatch_repair_request,
    finish_work_order,
    get_work_order,
    list_resident_reports,
    list_visits,
    propose_case_validity,
    record_visit,
    reply_case,
    suggest_technicians,
    take_in_resident_report,
    verify_work_order,
)
from wuye_client.models import (
    AssignCase,
    CaseState,
    CaseText,
    CaseView,
    DecisionNote,
    DemoAccounts,
    DispatchRepair,
    DispatchSuggestion,
    FieldStep,
    Figure,
    FinishOrder,
    Formula,
    GoalFigures,
    Happened,
    Login,
    Me,
    NewResidentReport,
    NoBody,
    OrderState,
    PageEstate,
    PageGoalSetHead,
    PageHouse,
    PageResidentReport,
    PageVisitView,
    Person,
    ProposeValidity,
    PublicPhoto,
    PublicReport,
    ReceivedReport,
    RecordVisit,
    ReportKind,
    ReportState,
    ResidentReport,
    ResidentSign,
    SafetyCheck,
    Session,
    SignKind,
    StoredFile,
    Subject,
    TakeInReport,
    UploadForm,
    Validity,
    VerifyOrder,
    VisitMethod,
    VisitResult,
    VisitState,
    VisitSubject,
    VisitView,
    WorkOrder,
    WorkOrderDetail,
)
from wuye_client.types import File, Response

T = TypeVar("T")


def got(response: Response[Any], kind: type[T], status: int = 200) -> T:
    """The answer, which must be this one."""
    assert response.status_code == status, f"{response.status_code}: {response.content.decode()}"
    assert isinstance(response.parsed, kind), f"{type(response.parsed)} in place of {kind}"
    return response.parsed


class Centre:
    """The demo's service centre, by its address."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.stranger = Client(base_url=url, raise_on_unexpected_status=True)
        self.offered = got(list_demo_accounts.sync_detailed(client=self.stranger), DemoAccounts)
        self._clients: dict[str, AuthenticatedClient] = {}

    def post(self, username: str) -> AuthenticatedClient:
        """The client of somebody who is logged in."""
        if username not in self._clients:
            body = Login(username=username, password=self.offered.password)
            session = got(login.sync_detailed(client=self.stranger, body=body), Session)
            self._clients[username] = AuthenticatedClient(
                base_url=self.url, token=session.access_token, raise_on_unexpected_status=True
            )
        return self._clients[username]

    def named(self, name: str) -> AuthenticatedClient:
        """The client of a colleague by name."""
        return self.post(next(account.username for account in self.offered.accounts if account.name == name))

    def figures(self) -> dict[Formula, Figure]:
        """What stands above and below the line of each goal this year."""
        manager = self.post("cscmgr")
        sets = got(list_goal_sets.sync_detailed(client=manager), PageGoalSetHead).items
        newest = max(sets, key=lambda one: one.year)
        goals = got(get_goal_figures.sync_detailed(newest.id, client=manager), GoalFigures).goals
        return {goal.goal.formula: goal.figure.figure for goal in goals if isinstance(goal.figure.figure, Figure)}


def repair(centre: Centre) -> None:
    """A leaking pipe: reported, taken in, dispatched, repaired, verified, asked about, closed and answered."""
    desk = centre.post("recept")
    code = got(list_estates.sync_detailed(client=desk), PageEstate).items[0].public_code
    photo = got(upload_public_photo.sync_detailed(code, client=centre.stranger, body=picture()), PublicPhoto, 201)
    tracking, report = reported(centre, ReportKind.REPAIR, "厨房水管漏水", code, [photo.id])

    house = got(list_houses.sync_detailed(client=desk, q="3-2-501"), PageHouse).items[0]
    body = TakeInReport(house_id=house.id)
    taken = got(take_in_resident_report.sync_detailed(report.id, client=desk, body=body), ResidentReport)
    assert taken.state == ReportState.TAKEN_IN
    request = became(taken)

    ranking = got(suggest_technicians.sync_detailed(request, client=desk), DispatchSuggestion).ranking
    first = ranking[0]
    send = DispatchRepair(technician_id=first.technician_id)
    # The network fails after the server has done its work, and the call is made again: one order, not two.
    key = str(uuid4())
    once = got(
        dispatch_repair_request.sync_detailed(request, client=desk, body=send, idempotency_key=key), WorkOrder, 201
    )
    again = got(
        dispatch_repair_request.sync_detailed(request, client=desk, body=send, idempotency_key=key), WorkOrder, 201
    )
    assert (once.id, once.state) == (again.id, OrderState.DISPATCHED)

    technician = centre.named(first.name)
    accepted = got(accept_work_order.sync_detailed(once.id, client=technician, body=FieldStep()), WorkOrder)
    assert accepted.state == OrderState.ACCEPTED
    arrived = got(arrive_work_order.sync_detailed(once.id, client=technician, body=FieldStep()), WorkOrder)
    assert arrived.state == OrderState.ON_SITE
    evidence = got(upload_file.sync_detailed(client=technician, body=picture()), StoredFile, 201)
    done = FinishOrder(
        cause="接头老化",
        work_done="更换接头，试水正常",
        minutes_worked=40,
        safety_check=SafetyCheck(passed=True),
        resident_sign=ResidentSign(kind=SignKind.ABSENT),
        file_ids=[evidence.id],
    )
    finished = got(finish_work_order.sync_detailed(once.id, client=technician, body=done), WorkOrder)
    assert finished.state == OrderState.DONE

    verified = got(verify_work_order.sync_detailed(once.id, client=desk, body=VerifyOrder()), WorkOrder)
    assert verified.state == OrderState.VERIFIED
    visits = got(
        list_visits.sync_detailed(client=desk, subject=VisitSubject.WORK_ORDER, subject_id=once.id), PageVisitView
    )
    answer = RecordVisit(method=VisitMethod.PHONE, result=VisitResult.SATISFIED, comment="师傅来得很快")
    # Somebody who did not dispatch it asks the resident.
    other = centre.post("recept2")
    visit = got(record_visit.sync_detailed(visits.items[0].id, client=other, body=answer), VisitView)
    assert visit.state == VisitState.CLOSED
    closed = got(get_work_order.sync_detailed(once.id, client=desk), WorkOrderDetail)
    assert closed.order.state == OrderState.CLOSED
    assert {file.id for file in closed.files} >= {photo.id, evidence.id}
    seen = got(get_public_report.sync_detailed(tracking, client=centre.stranger), PublicReport)
    assert seen.updated_at > report.received_at


def complaint(centre: Centre) -> None:
    """A complaint: found valid by one and confirmed by another, answered, checked and closed."""
    desk, chief = centre.post("recept"), centre.post("pubsup")
    code = got(list_estates.sync_detailed(client=desk), PageEstate).items[0].public_code
    _, report = reported(centre, ReportKind.COMPLAINT, "楼道两天没有打扫", code, [])
    taken = got(take_in_resident_report.sync_detailed(report.id, client=desk, body=TakeInReport()), ResidentReport)
    case = became(taken)
    myself = got(get_me.sync_detailed(client=desk), Me).employee
    assert isinstance(myself, Person)
    owner = AssignCase(owner_id=myself.id)
    assert got(assign_case.sync_detailed(case, client=desk, body=owner), CaseView).state == CaseState.INVESTIGATING
    finding = ProposeValidity(validity=Validity.VALID, reason="现场查看属实")
    got(propose_case_validity.sync_detailed(case, client=desk, body=finding), CaseView)
    decided = got(confirm_case_validity.sync_detailed(case, client=chief, body=DecisionNote()), CaseView)
    assert decided.state == CaseState.VALIDITY_DECIDED
    got(add_case_measure.sync_detailed(case, client=desk, body=CaseText(text="当天补扫，调整班次")), CaseView)
    replied = got(reply_case.sync_detailed(case, client=desk, body=CaseText(text="已补扫，今后每天两次")), CaseView)
    assert replied.state == CaseState.REPLIED
    got(check_case_closing.sync_detailed(case, client=chief, body=NoBody()), CaseView)
    closed = got(close_case.sync_detailed(case, client=desk, body=Happened()), CaseView)
    assert closed.state == CaseState.CLOSED


def reported(centre: Centre, kind: ReportKind, text: str, code: str, photos: list[UUID]) -> tuple[str, ResidentReport]:
    """What a resident reports without an account, and how the desk sees it."""
    said = f"{text} {uuid4().hex[:8]}"
    body = NewResidentReport(kind=kind, text=said, location="3-2-501", file_ids=photos)
    tracking = got(create_public_report.sync_detailed(code, client=centre.stranger, body=body), ReceivedReport, 201)
    listed = got(list_resident_reports.sync_detailed(client=centre.post("recept")), PageResidentReport)
    report = next(one for one in listed.items if one.text == said)
    assert report.state == ReportState.RECEIVED
    return tracking.tracking_code, report


def became(report: ResidentReport) -> UUID:
    """The record that a report was taken in as."""
    assert isinstance(report.became, Subject), report
    return report.became.id


def picture() -> UploadForm:
    """The smallest of photos: one white pixel, as PNG."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)

    head = (1).to_bytes(4) + (1).to_bytes(4) + bytes([8, 0, 0, 0, 0])
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff")) + chunk(b"IEND", b"")
    return UploadForm(file=File(payload=io.BytesIO(png), file_name="photo.png", mime_type="image/png"))


def run(url: str) -> None:
    """The whole of it."""
    centre = Centre(url)
    before = centre.figures()
    repair(centre)
    complaint(centre)
    after = centre.figures()
    valid, handled = Formula.VALID_COMPLAINTS, Formula.HANDLING_RATE
    # GOAL-2 counts the valid complaint; GOAL-3 counts it among all and among those handled.
    assert after[valid].numerator == before[valid].numerator + 1, (before[valid], after[valid])
    assert after[handled].numerator == before[handled].numerator + 1, (before[handled], after[handled])
    assert below(after[handled]) == below(before[handled]) + 1, (before[handled], after[handled])


def below(figure: Figure) -> int:
    """What stands below the line."""
    assert isinstance(figure.denominator, int)
    return figure.denominator
