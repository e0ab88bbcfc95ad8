import type { Caller } from './callers';
import { clockedFrom, expect } from './clocked';
import { act, send, state, unique } from './desk';

// What a resident has asked is to be answered within three working days (TR-08). Nobody does: each
// working day tells the next one up the line, until the centre manager knows. Taken in on a Tuesday,
// due on Friday the 13th at the end of work.
const test = clockedFrom('2026-03-10T10:00');
test.describe.configure({ mode: 'serial' });
test.setTimeout(180_000);

/** The clock of the server looks for what is late once a minute. */
const BY_THE_CLOCK = { timeout: 90_000 };

type Call = (username: string) => Promise<Caller>;

interface Case {
  id: string;
  no: string;
  due_at: string;
  escalated_to: string[];
  overdue: boolean;
}

const said = unique('建议楼道加装扶手');
let known: Case | undefined;

/** The case of these tests as it stands. */
async function told(call: Call): Promise<Case> {
  return (await call('recept')).get<Case>(`/cases/${known?.id}`);
}

/** When each step up the line is due, and whom it tells. */
const STEPS = [
  { username: 'pubsup', post: 'PUBSUP', at: '2026-03-13T18:00', word: '公共事务主管' },
  { username: 'depmgr', post: 'DEPMGR', at: '2026-03-16T18:00', word: '副经理' },
  { username: 'cscmgr', post: 'CSCMGR', at: '2026-03-17T18:00', word: '客服中心经理' },
] as const;

test('POS-RECEPT-07a: the desk takes a suggestion in, with the day until which it is answered', async ({
  at,
  call,
  look,
}) => {
  const desk = await at('recept', '/cases');
  await desk.getByRole('button', { name: '登记投诉与建议' }).click();
  const form = desk.getByRole('dialog');
  await form.getByLabel('内容', { exact: true }).fill(said);
  await form.getByLabel('类型').selectOption({ label: '意见建议' });
  await send(desk);
  await expect(desk).toHaveURL(/\/cases\/\w/);
  await expect(state(desk)).toHaveText('已受理');
  await look('reply-due', desk);
  const id = new URL(desk.url()).pathname.split('/').at(-1);
  known = await (await call('recept')).get<Case>(`/cases/${id}`);
  expect(Date.parse(known.due_at)).toBe(Date.parse('2026-03-13T17:30:00+08:00'));
  expect(known.escalated_to).toEqual([]);
});

for (const [index, step] of STEPS.entries()) {
  test(`POS-RECEPT-07a: step ${index + 1} up the line tells ${step.post}, by bell, inbox and list`, async ({
    at,
    call,
    clock,
    look,
  }) => {
    const before = STEPS.slice(0, index).map((one) => one.post);
    expect((await told(call)).escalated_to, 'no further than the steps that were due').toEqual(
      before,
    );
    await clock.set(step.at);
    await expect
      .poll(async () => (await told(call)).escalated_to, BY_THE_CLOCK)
      .toEqual([...before, step.post]);
    const page = await at(step.username, '/notices?kind=climbed&unread=true');
    const line = page.getByText(`${known?.no} 已逾期，上报至您`);
    await expect(line).toBeVisible();
    await expect(page.getByRole('link', { name: /通知，\d+ 条未读/ })).toBeVisible();
    await look(`reply-told-${step.username}`, page);
    await line.click();
    await expect(page).toHaveURL(new RegExp(`/cases/${known?.id}$`));
    await expect(page.getByText(`已上报${step.word}`)).toBeVisible();
    await page.goto(`/cases?overdue=true&q=${encodeURIComponent(said)}`);
    await expect(page.getByText(`已上报${step.word}`)).toBeVisible();
    // Each is told of it once, and of nothing that another was told.
    const caller = await call(step.username);
    const { items } = await caller.get<{ items: { kind: string; subject: { id: string } }[] }>(
      '/me/notices?limit=200',
    );
    expect(
      items.filter((one) => one.kind === 'climbed' && one.subject.id === known?.id),
    ).toHaveLength(1);
  });
}

test('POS-RECEPT-07a: the centre manager sees it late with its climb, and the late reply stays late', async ({
  at,
  call,
  look,
}) => {
  const address = `/cases/${known?.id}`;
  const manager = await at('cscmgr', address);
  await expect(manager.getByText('已超期').first()).toBeVisible();
  const climbs = manager.locator('.history li').filter({ hasText: '上报' });
  await expect(climbs).toHaveCount(3);
  await look('reply-late', manager);

  await test.step('the desk answers at last', async () => {
    const desk = await at('recept', address);
    await act(desk, '答复');
    await desk.getByLabel('内容', { exact: true }).fill('采纳，本周加装');
    await send(desk);
    await expect(state(desk)).toHaveText('已答复');
  });

  await manager.reload();
  await expect(state(manager)).toHaveText('已答复');
  await expect(manager.locator('.record-facts').getByText('超期完成')).toBeVisible();
  await expect(climbs).toHaveCount(3);
  await look('reply-made-late', manager);
  const after = await told(call);
  expect(after.overdue, 'it waits for nobody any more').toBe(false);
  await manager.goto(`/cases?overdue=true&q=${encodeURIComponent(said)}`);
  await expect(manager.getByText('没有符合条件的记录')).toBeVisible();
});
