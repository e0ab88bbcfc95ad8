import type { Caller } from './callers';
import { clockedFrom, expect } from './clocked';
import { confirm, send } from './desk';

// A squad leader acts for the captain over midnight and the Dragon Boat Festival: Friday, 19 June
// 2026, is a holiday; the next working day is Monday, the 22nd.
const test = clockedFrom('2026-06-17T10:00');
test.describe.configure({ mode: 'serial' });
test.setTimeout(180_000);

const BEGINS = '2026-06-18 20:00';
const ENDS = '2026-06-22 12:00';
/** The clock of the server looks at its jobs once a minute. */
const BY_THE_CLOCK = { timeout: 90_000 };

type Call = (username: string) => Promise<Caller>;

interface Person {
  name: string;
}
interface Duty {
  id: string;
  rule: string;
  turn: string;
  post: string;
  status: string;
}
interface Day {
  today: Duty[];
  coming: Duty[];
}

const person = async (call: Call, username: string) =>
  (await (await call(username)).get<{ employee: Person }>('/me')).employee;

/** The captain's duties that somebody has before them today and in the six days after. */
async function captains(call: Call, username: string) {
  const day = await (await call(username)).get<Day>('/me/duties');
  const of = (duties: Duty[]) =>
    duties.filter((one) => one.post === 'GUARDCAPT').map((one) => `${one.rule} ${one.turn}`);
  return { today: of(day.today), coming: of(day.coming) };
}

/** What the captain does every working day: sample the records, report to the deputy manager. */
const daily = (...days: string[]) => days.flatMap((day) => [`OB-06 ${day}`, `OB-09 ${day}`]);

const SECURITY_REPORT = '向副经理报告安全状况';

/** The captain's report of a working day. */
async function report(call: Call, turn: string): Promise<Duty> {
  const caller = await call('depmgr');
  const { items } = await caller.get<{ items: Duty[] }>('/obligations?rule=OB-09&limit=200');
  const found = items.find((one) => one.turn === turn);
  if (!found) throw new Error(`no report of ${turn}`);
  return found;
}

/** The period of these tests among those of the register. */
async function period(call: Call): Promise<{ id: string; state: string }> {
  interface Row {
    id: string;
    state: string;
    starts_at: string;
  }
  const guard = await call('guard');
  const { items } = await guard.get<{ items: Row[] }>('/acting-periods?limit=200');
  const found = items.find((one) => Date.parse(one.starts_at) === instant(BEGINS));
  if (!found) throw new Error('the period is not in the register');
  return found;
}

const instant = (time: string) => Date.parse(`${time.replace(' ', 'T')}:00+08:00`);

test('PROC-GUARDCAPT-5.11: the captain names a squad leader, and the deputy manager confirms', async ({
  at,
  call,
  look,
}) => {
  const [lead, deputy] = [await person(call, 'guardlead'), await person(call, 'depmgr')];

  await test.step('the captain proposes whom the manual names', async () => {
    const captain = await at('guardcapt', '/acting');
    await captain.getByRole('button', { name: '提出代职' }).click();
    const form = captain.getByRole('dialog');
    await form.getByRole('button', { name: new RegExp(`^${lead.name} `) }).click();
    await form.getByText('节假日', { exact: true }).click();
    await form.getByLabel('开始', { exact: true }).fill(BEGINS);
    await captain.keyboard.press('Tab');
    await form.getByLabel('结束', { exact: true }).fill(ENDS);
    await captain.keyboard.press('Tab');
    await look('acting-new', captain);
    await send(captain);
    await expect(form).toBeHidden();
  });

  const { id, state } = await period(call);
  expect(state).toBe('proposed');
  await test.step('another head reads who confirms, and may not', async () => {
    const other = await at('pubsup', `/acting#${id}`);
    const shown = other.getByRole('dialog');
    await expect(shown.getByText('PROC-GUARDCAPT-5.11').first()).toBeVisible();
    await expect(shown.getByText(deputy.name).first()).toBeVisible();
    await expect(shown.getByRole('button', { name: '确认', exact: true })).toHaveCount(0);
  });

  await test.step('the deputy manager confirms', async () => {
    const chief = await at('depmgr', `/acting#${id}`);
    const shown = chief.getByRole('dialog').first();
    await shown.getByRole('button', { name: '确认', exact: true }).click();
    await confirm(chief, '确认');
    await expect(shown.locator('.pill').first()).toHaveText('已确认');
    await look('acting-confirmed', chief);
  });
  expect(await captains(call, 'guardlead'), 'nothing before its time').toEqual({
    today: [],
    coming: [],
  });
});

test('PROC-GUARDCAPT-5.11: it begins by the clock and runs on over midnight into the holiday', async ({
  at,
  call,
  clock,
  look,
  viewport,
}) => {
  const captain = await person(call, 'guardcapt');
  await clock.set('2026-06-18T19:50');
  expect(await captains(call, 'guardlead')).toEqual({ today: [], coming: [] });

  await test.step('in the evening the duties of the captain are before the squad leader', async () => {
    await clock.set('2026-06-18T20:10');
    await expect
      .poll(() => captains(call, 'guardlead'), BY_THE_CLOCK)
      .toEqual({
        today: daily('2026-06-18'),
        coming: daily('2026-06-22', '2026-06-23', '2026-06-24'),
      });
    const lead = await at('guardlead', '/duties/mine');
    await expect(lead.getByText(`代${captain.name}履行`)).toBeVisible();
    await expect(lead.getByText(SECURITY_REPORT).first()).toBeVisible();
    await look('acting-evening', lead);
  });

  await test.step('after midnight it is a holiday: nothing is due, the next working day stands ahead', async () => {
    await clock.set('2026-06-19T00:30');
    await expect
      .poll(() => captains(call, 'guardlead'), BY_THE_CLOCK)
      .toEqual({
        today: [],
        coming: daily('2026-06-22', '2026-06-23', '2026-06-24', '2026-06-25'),
      });
    const phone = await at('guardlead', '/m/duties');
    await expect(phone.getByText('今天没有到期的职责')).toBeVisible();
    await expect(phone.getByText(SECURITY_REPORT).first()).toBeVisible();
    await look('m-acting-holiday', phone);
  });

  await test.step('the board of the deputy manager shows the day off and no duty of the captain on it', async () => {
    const board = await at('depmgr', '/duties');
    const row = board.getByText(captain.name).first();
    await expect(row).toBeVisible();
    if ((viewport?.width ?? 0) < 768) return; // cards there have no days
    const friday = board.getByRole('columnheader').filter({ hasText: '06-19' });
    await expect(friday).toContainText('节假日');
    const cells = board.getByRole('row').filter({ has: row }).getByRole('cell');
    await expect(cells.nth(3).getByRole('button').first()).toBeVisible(); // Thursday
    await expect(cells.nth(4).getByRole('button')).toHaveCount(0);
    await look('acting-board', board);
  });
});

test('PROC-GUARDCAPT-5.2: on the next working day the squad leader does what the captain owes, and both names stand there', async ({
  at,
  call,
  clock,
  look,
}) => {
  const [captain, lead] = [await person(call, 'guardcapt'), await person(call, 'guardlead')];
  await clock.set('2026-06-22T08:00');
  await expect
    .poll(async () => (await captains(call, 'guardlead')).today, BY_THE_CLOCK)
    .toEqual(daily('2026-06-22'));

  await test.step('the report of the captain, before the own one, which is due earlier', async () => {
    const page = await at('guardlead', '/mornings');
    const toGive = page.getByRole('article', { name: /^向.+汇报$/ });
    await expect(toGive).toHaveCount(2);
    const captains = page.getByRole('article', { name: /副经理汇报$/ });
    await captains.getByLabel('补充说明').fill('节日期间平稳');
    await captains.getByRole('button', { name: '汇报', exact: true }).click();
    await expect(toGive).toHaveCount(1);
    await expect(page.getByText('节日期间平稳')).toBeVisible();
    await look('acting-report', page);
  });

  await test.step('it proves the duty of the captain, with both names', async () => {
    const duty = await report(call, '2026-06-22');
    expect(duty.status).toBe('done_on_time');
    const chief = await at('depmgr', `/duties/${duty.id}`);
    await expect(chief.getByText(`${lead.name}（代${captain.name}）`).first()).toBeVisible();
    await look('acting-evidence', chief);
  });

  await test.step('so does the word about what was missed on the eve', async () => {
    await expect
      .poll(async () => (await report(call, '2026-06-18')).status, BY_THE_CLOCK)
      .toBe('missed');
    const missed = await report(call, '2026-06-18');
    const page = await at('guardlead', `/duties/${missed.id}`);
    await page.getByRole('button', { name: '说明原因', exact: true }).click();
    await confirm(page, '说明原因', '交接前未及汇报');
    await expect(page.getByText('交接前未及汇报').first()).toBeVisible();
    const line = page.locator('.history li').filter({ hasText: '交接前未及汇报' });
    await expect(line).toContainText(lead.name);
    await expect(line).toContainText(`代${captain.name}`);
  });

  await test.step('the deputy manager hears who has reported for whom', async () => {
    const chief = await at('depmgr', '/mornings');
    const told = chief.locator('.briefing-pairs button').filter({ hasText: captain.name });
    await expect(told).toContainText(`${lead.name} 代 ${captain.name}`);
  });
});

test('PROC-GUARDCAPT-5.11: it ends by the clock, the rights with it, and what was done keeps both names', async ({
  at,
  call,
  clock,
  look,
}) => {
  const [captain, lead] = [await person(call, 'guardcapt'), await person(call, 'guardlead')];
  await clock.set('2026-06-22T11:57');
  expect((await captains(call, 'guardlead')).today).toEqual(daily('2026-06-22'));
  const acting = await call('guardlead');
  const missed = await report(call, '2026-06-18');
  const again = { explanation: '补充说明' };

  await clock.set('2026-06-22T12:03');
  await expect
    .poll(() => captains(call, 'guardlead'), BY_THE_CLOCK)
    .toEqual({ today: [], coming: [] });
  const late = await acting.send('POST', `/obligations/${missed.id}/explain`, again);
  expect(late.status(), 'a token of the acting does not outlive it').toBe(401);
  const own = await call('guardlead');
  const refused = await own.send('POST', `/obligations/${missed.id}/explain`, again);
  expect([403, 404]).toContain(refused.status());
  expect((await captains(call, 'guardcapt')).today, 'they are the captain’s again').toEqual(
    daily('2026-06-22'),
  );

  const page = await at('guardlead', '/duties/mine');
  await expect(page.getByRole('heading', { name: '我的履职', level: 1 })).toBeVisible();
  await expect(page.getByText('向队长晨报').first()).toBeVisible(); // their own are there
  await expect(page.getByText(`代${captain.name}履行`)).toHaveCount(0);
  await expect(page.getByText(SECURITY_REPORT)).toHaveCount(0);

  const { id, state } = await period(call);
  expect(state).toBe('ended');
  const register = await at('guardcapt', `/acting#${id}`);
  await expect(register.getByRole('dialog').locator('.pill').first()).toHaveText('已结束');
  await look('acting-ended', register);
  const { id: done } = await report(call, '2026-06-22');
  const chief = await at('depmgr', `/duties/${done}`);
  await expect(chief.getByText(`${lead.name}（代${captain.name}）`).first()).toBeVisible();
});
