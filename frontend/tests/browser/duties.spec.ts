import { clockedFrom, expect } from './clocked';
import { act, confirm } from './desk';

// The daily backup of the charging data (OB-19): open, missed, climbing, explained, let go; and one that came late.
const test = clockedFrom('2026-03-10T10:00');
test.describe.configure({ mode: 'serial' });
test.setTimeout(180_000);

interface Duty {
  id: string;
  turn: string;
  status: string;
  escalated_to: string[];
}

const BACKUP = '备份收费数据';

const of = async (
  call: (who: string) => Promise<{ get: <T>(path: string) => Promise<T> }>,
  turn: string,
) => {
  const caller = await call('ticket');
  const { items } = await caller.get<{ items: Duty[] }>('/obligations?rule=OB-19&limit=200');
  return items.find((one) => one.turn === turn);
};

test('DER-X-2: the day shows what is due, the board who owes it', async ({
  at,
  call,
  look,
  speak,
}) => {
  await expect
    .poll(async () => (await of(call, '2026-03-10'))?.status, { timeout: 90_000 })
    .toBe('open');
  const day = await at('ticket', '/duties/mine');
  await expect(day.getByRole('heading', { name: '我的履职', level: 1 })).toBeVisible();
  await expect(day.getByText(BACKUP).first()).toBeVisible();
  await look('duties-mine', day);
  const board = await at('finsup', '/duties');
  await expect(board.getByRole('heading', { name: '履职看板' })).toBeVisible();
  await look('duty-board', board);
  await speak('en', board);
  await look('duty-board-en', board);
});

test('POS-CSCMGR-09a: nobody made the backup; it is missed and explained on the phone', async ({
  at,
  call,
  clock,
  look,
}) => {
  await clock.set('2026-03-11T08:00');
  await expect
    .poll(async () => (await of(call, '2026-03-10'))?.status, { timeout: 90_000 })
    .toBe('missed');
  const phone = await at('ticket', '/m/duties');
  await phone
    .getByRole('button', { name: `说明原因 ${BACKUP}` })
    .first()
    .click();
  await look('m-duty-explain', phone);
  await phone.getByRole('textbox').fill('机房停电');
  await phone.getByRole('button', { name: '说明原因', exact: true }).click();
  await expect.poll(async () => (await of(call, '2026-03-10'))?.status).toBe('explained');
  await look('m-duties', phone);
});

test('PROC-FINSUP-4.2: it climbs to the superior, who lets it go', async ({
  at,
  call,
  clock,
  look,
}) => {
  await clock.set('2026-03-13T09:00');
  await expect
    .poll(async () => (await of(call, '2026-03-10'))?.escalated_to[0], { timeout: 90_000 })
    .toBe('FINSUP');
  const duty = await of(call, '2026-03-10');
  const chief = await at('finsup', `/duties/${duty?.id}`);
  await expect(chief.getByText('机房停电').first()).toBeVisible();
  await look('duty', chief);
  await act(chief, '免除');
  await confirm(chief, '免除', '停电属实');
  await expect.poll(async () => (await of(call, '2026-03-10'))?.status).toBe('waived');
});

test('DER-COMPUTER-4: a backup made too late turns the missed duty into one done late', async ({
  at,
  call,
  look,
}) => {
  await expect
    .poll(async () => (await of(call, '2026-03-12'))?.status, { timeout: 90_000 })
    .toBe('missed');
  const missed = await of(call, '2026-03-12');
  const page = await at('ticket', '/');
  // The page has been read, and cannot yet listen to what changes.
  let listen = () => {};
  const changed = new Promise<void>((resolve) => {
    listen = resolve;
  });
  await page.route('**/api/v1/events', async (route) => {
    await changed;
    await route.continue();
  });
  await page.goto(`/duties/${missed?.id}`);
  await expect(page.locator('h1 .pill').first()).toHaveText('未完成');
  const ticket = await call('ticket');
  // The first proves the duty of today; the second can only be that of yesterday.
  const backup = { kind: 'backup', succeeded: true, place: '移动硬盘2号' };
  await ticket.post('/backup-records', backup);
  await ticket.post('/backup-records', backup);
  listen();
  await expect(page.locator('h1 .pill').first()).toHaveText('逾期完成');
  await expect(page.getByRole('heading', { name: '已计入的凭证' })).toBeVisible();
  await look('duty-late', page);
});

test('DER-X-2: the manager reads what makes duties fall due', async ({ at, look }) => {
  const rules = await at('cscmgr', '/duties/rules');
  await expect(rules.getByText(BACKUP).first()).toBeVisible();
  await look('duty-rules', rules);
  const clocks = await at('cscmgr', '/duties/triggers');
  await expect(clocks.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(clocks.getByRole('table').getByRole('row')).toHaveCount(27); // 26 and the heads
  await look('duty-clocks', clocks);
});
