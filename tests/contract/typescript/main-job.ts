// The main job, driven with the client that openapi-generator made of the contract: `main_job.py` in a second language.
//
// From what residents report to the figures of the goals that it moves, each step by the post whose step it is. Compiled by
// the SPA's compiler, and run with the address of the demo as its argument.

import {
  AuthApi,
  CaseState,
  type Configuration,
  type DemoAccounts,
  EstateApi,
  type Figure,
  FilesApi,
  Formula,
  GoalsApi,
  OrderState,
  PublicApi,
  ReportKind,
  ReportState,
  type ResidentReport,
  SelfApi,
  ServiceDeskApi,
  SignKind,
  Validity,
  VisitMethod,
  VisitResult,
  VisitState,
  VisitSubject,
} from './client/index.js';
import { Configuration as Settings } from './client/runtime.js';

declare const process: { readonly argv: readonly string[] };

/** The demo's service centre, by its address. */
class Centre {
  readonly stranger: Configuration;
  private readonly known = new Map<string, Configuration>();

  private constructor(
    private readonly address: string,
    private readonly offered: DemoAccounts,
  ) {
    this.stranger = new Settings({ basePath: address });
  }

  static async at(address: string): Promise<Centre> {
    return new Centre(address, await new AuthApi(new Settings({ basePath: address })).listDemoAccounts());
  }

  /** The settings of somebody who is logged in. */
  async post(username: string): Promise<Configuration> {
    const known = this.known.get(username);
    if (known) return known;
    const login = { username, password: this.offered.password };
    const { accessToken } = await new AuthApi(this.stranger).login({ login });
    const fresh = new Settings({ basePath: this.address, accessToken });
    this.known.set(username, fresh);
    return fresh;
  }

  /** Those of a colleague by name. */
  async named(name: string): Promise<Configuration> {
    return this.post(given(this.offered.accounts.find((account) => account.name === name)).username);
  }

  /** The code of the estate, as its poster shows it. */
  async code(): Promise<string> {
    const { items } = await new EstateApi(await this.post('recept')).listEstates();
    return given(items[0]).publicCode;
  }

  /** What stands above and below the line of each goal this year. */
  async figures(): Promise<Map<Formula, Figure>> {
    const goals = new GoalsApi(await this.post('cscmgr'));
    const { items } = await goals.listGoalSets();
    const newest = items.reduce((one, other) => (other.year > one.year ? other : one));
    const figures = await goals.getGoalFigures({ id: newest.id });
    return new Map(
      figures.goals.flatMap(({ goal, figure }) => (figure.figure ? [[goal.formula, figure.figure] as const] : [])),
    );
  }
}

/** A leaking pipe: reported, taken in, dispatched, repaired, verified, asked about, closed and answered. */
async function repair(centre: Centre): Promise<void> {
  const desk = new ServiceDeskApi(await centre.post('recept'));
  const strangers = new PublicApi(centre.stranger);
  const photo = await strangers.uploadPublicPhoto({ code: await centre.code(), file: picture() });
  const { trackingCode, report } = await reported(centre, ReportKind.Repair, '厨房水管漏水', [photo.id]);

  const houses = await new EstateApi(await centre.post('recept')).listHouses({ q: '3-2-501' });
  const houseId = given(houses.items[0]).id;
  const taken = await desk.takeInResidentReport({ id: report.id, takeInReport: { houseId } });
  same(taken.state, ReportState.TakenIn);
  const request = given(taken.became).id;

  const first = given((await desk.suggestTechnicians({ id: request })).ranking[0]);
  // The network fails after the server has done its work, and the call is made again: one order, not two.
  const call = {
    id: request,
    dispatchRepair: { technicianId: first.technicianId },
    idempotencyKey: crypto.randomUUID(),
  };
  const { id, state } = await desk.dispatchRepairRequest(call);
  same((await desk.dispatchRepairRequest(call)).id, id);
  same(state, OrderState.Dispatched);

  const settings = await centre.named(first.name);
  const technician = new ServiceDeskApi(settings);
  same((await technician.acceptWorkOrder({ id, fieldStep: {} })).state, OrderState.Accepted);
  same((await technician.arriveWorkOrder({ id, fieldStep: {} })).state, OrderState.OnSite);
  const evidence = await new FilesApi(settings).uploadFile({ file: picture() });
  const finishOrder = {
    cause: '接头老化',
    workDone: '更换接头，试水正常',
    minutesWorked: 40,
    safetyCheck: { passed: true },
    residentSign: { kind: SignKind.Absent },
    fileIds: [evidence.id],
  };
  same((await technician.finishWorkOrder({ id, finishOrder })).state, OrderState.Done);

  same((await desk.verifyWorkOrder({ id, verifyOrder: {} })).state, OrderState.Verified);
  const visits = await desk.listVisits({ subject: VisitSubject.WorkOrder, subjectId: id });
  const recordVisit = { method: VisitMethod.Phone, result: VisitResult.Satisfied, comment: '师傅来得很快' };
  // Somebody who did not dispatch it asks the resident.
  const other = new ServiceDeskApi(await centre.post('recept2'));
  same((await other.recordVisit({ id: given(visits.items[0]).id, recordVisit })).state, VisitState.Closed);
  const closed = await desk.getWorkOrder({ id });
  same(closed.order.state, OrderState.Closed);
  const files = closed.files.map((file) => file.id);
  same(files.includes(photo.id) && files.includes(evidence.id), true);
  const seen = await strangers.getPublicReport({ trackingCode });
  same(seen.updatedAt > report.receivedAt, true);
}

/** A complaint: found valid by one and confirmed by another, answered, checked and closed. */
async function complaint(centre: Centre): Promise<void> {
  const mine = await centre.post('recept');
  const desk = new ServiceDeskApi(mine);
  const chief = new ServiceDeskApi(await centre.post('pubsup'));
  const { report } = await reported(centre, ReportKind.Complaint, '楼道两天没有打扫', []);
  const id = given((await desk.takeInResidentReport({ id: report.id, takeInReport: {} })).became).id;
  const ownerId = given((await new SelfApi(mine).getMe()).employee).id;
  same((await desk.assignCase({ id, assignCase: { ownerId } })).state, CaseState.Investigating);
  await desk.proposeCaseValidity({ id, proposeValidity: { validity: Validity.Valid, reason: '现场查看属实' } });
  same((await chief.confirmCaseValidity({ id, decisionNote: {} })).state, CaseState.ValidityDecided);
  await desk.addCaseMeasure({ id, caseText: { text: '当天补扫，调整班次' } });
  same((await desk.replyCase({ id, caseText: { text: '已补扫，今后每天两次' } })).state, CaseState.Replied);
  await chief.checkCaseClosing({ id, body: {} });
  same((await desk.closeCase({ id, happened: {} })).state, CaseState.Closed);
}

/** What a resident reports without an account, and how the desk sees it. */
async function reported(
  centre: Centre,
  kind: ReportKind,
  what: string,
  fileIds: string[],
): Promise<{ trackingCode: string; report: ResidentReport }> {
  const text = `${what} ${crypto.randomUUID().slice(0, 8)}`;
  const newResidentReport = { kind, text, location: '3-2-501', fileIds };
  const strangers = new PublicApi(centre.stranger);
  const { trackingCode } = await strangers.createPublicReport({ code: await centre.code(), newResidentReport });
  const listed = await new ServiceDeskApi(await centre.post('recept')).listResidentReports();
  const report = given(listed.items.find((one) => one.text === text));
  same(report.state, ReportState.Received);
  return { trackingCode, report };
}

/** The smallest of photos: one white pixel, as PNG. */
function picture(): Blob {
  const png =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==';
  return new Blob([Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))], { type: 'image/png' });
}

/** What must be there. */
function given<T>(value: T | null | undefined): T {
  if (value == null) throw new Error('what must be there is missing');
  return value;
}

/** What must be so. */
function same<T>(found: T, wanted: T): void {
  if (found !== wanted) throw new Error(`${String(found)} in place of ${String(wanted)}`);
}

const centre = await Centre.at(given(process.argv[2]));
const before = await centre.figures();
await repair(centre);
await complaint(centre);
const after = await centre.figures();
// GOAL-2 counts the valid complaint; GOAL-3 counts it among all and among those handled.
const [valid, handled] = [Formula.ValidComplaints, Formula.HandlingRate];
same(given(after.get(valid)).numerator, given(before.get(valid)).numerator + 1);
same(given(after.get(handled)).numerator, given(before.get(handled)).numerator + 1);
same(given(after.get(handled)?.denominator), given(before.get(handled)?.denominator) + 1);
