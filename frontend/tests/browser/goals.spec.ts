import type { Page } from '@playwright/test';
import type { Caller } from './callers';
import { thisYear } from './desk';
import { expect, test } from './fixtures';

interface GoalSet {
  id: string;
  year: number;
  estate_id: string;
  state: string;
}
interface Figure {
  goal: { id: string; no: number; formula: string; name_zh: string; name_en: string };
  figure: { status: string; cause: string | null; figure: { numerator: number } | null };
}

type Call = (username: string) => Promise<Caller>;

/** A year without goals in this estate, long past, so that it can be measured for good. */
async function freeYear(caller: Caller): Promise<number> {
  const { items } = await caller.get<{ items: GoalSet[] }>('/goal-sets?limit=200');
  const taken = new Set(items.map((set) => set.year));
  // Several workers look at the same time: each has years of its own.
  const { parallelIndex, config } = test.info();
  const mine = (year: number) => year % config.workers === parallelIndex;
  const years = Array.from({ length: 24 }, (_, i) => 2000 + i).filter(mine);
  const year = years.find((one) => !taken.has(one));
  if (year === undefined) throw new Error('every year of this worker has its goals already');
  return year;
}

/** Drafted by the deputy manager through the API. */
async function draft(call: Call): Promise<GoalSet> {
  const depmgr = await call('depmgr');
  for (;;) {
    const made = await depmgr.send('POST', '/goal-sets', { year: await freeYear(depmgr) });
    if (made.status() === 201) return (await made.json()) as GoalSet;
    expect(made.status(), 'only a race for the year may refuse a draft').toBe(409);
  }
}

/** With a sixth goal whose figures are entered by hand. */
async function approved(call: Call): Promise<GoalSet> {
  const set = await draft(call);
  const depmgr = await call('depmgr');
  const sheet = await depmgr.get<{ goals: ({ id?: string } & object)[] }>(`/goal-sets/${set.id}`);
  const goals = [
    ...sheet.goals.map(({ id: _, ...goal }) => goal),
    {
      no: 6,
      name_zh: '设备完好率',
      name_en: 'Equipment in order',
      formula: 'manual',
      comparator: 'at_least',
      target_e2: 9800,
      unit: 'percent',
      weight: 10,
      owner_post: 'ENGSUP',
      breakdown: [{ post: 'TECH', share_e2: 9800 }],
    },
  ];
  const changed = await depmgr.send('PUT', `/goal-sets/${set.id}/goals`, { goals }, '"1"');
  expect(changed.ok(), await changed.text()).toBe(true);
  const cscmgr = await call('cscmgr');
  return cscmgr.post<GoalSet>(`/goal-sets/${set.id}/approve`, {});
}

/** This year's set of the demo estate with its figures. */
async function running(call: Call): Promise<{ set: GoalSet; figures: Figure[] }> {
  const cscmgr = await call('cscmgr');
  const year = thisYear();
  const { items } = await cscmgr.get<{ items: GoalSet[] }>(`/goal-sets?year=${year}`);
  const set = items[0];
  if (!set) throw new Error(`the demo estate has no goals for ${year}`);
  const { goals } = await cscmgr.get<{ goals: Figure[] }>(`/goal-sets/${set.id}/figures`);
  return { set, figures: goals };
}

test.describe('board', () => {
  test('five goals with target, status, cause and time; in both languages', async ({
    page,
    enter,
    look,
    speak,
  }) => {
    await enter('cscmgr', '/goals');
    await expect(page.getByRole('heading', { name: /年度目标/, level: 1 })).toBeVisible();
    const tiles = page.locator('.goal-tile');
    await expect(tiles).toHaveCount(5);
    await expect(tiles.filter({ hasText: '有效投诉' })).toContainText('≤ 12 起');
    await expect(tiles.filter({ hasText: '处理率' })).toContainText('≥ 95%');
    const unmeasured = tiles.filter({ hasText: '业主满意度' });
    await expect(unmeasured).toContainText('无法测量');
    await expect(unmeasured).toContainText('系统中尚无此项记录');
    await expect(page.getByText(/截至 \d{4}-\d{2}-\d{2}/).first()).toBeVisible();
    await expect(page.locator('.chart canvas').first()).toBeVisible();
    await look('goals-board');
    await speak('en');
    await expect(page.getByRole('heading', { name: /^Goals of/ })).toBeVisible();
    await expect(tiles.filter({ hasText: 'Owner satisfaction' })).toContainText('Not measurable');
    await look('goals-board-en');
  });

  test('the figures of an earlier day are computed as the records stood', async ({
    page,
    enter,
  }) => {
    await enter('cscmgr', '/goals');
    await page.getByLabel('看哪一天').fill(`${thisYear()}-01-02`);
    await expect(page.getByText(/^截至 \d{4}-01-02/)).toBeVisible();
    await expect(page).toHaveURL(/as_of=/);
    await page.getByRole('button', { name: '今天' }).click();
    await expect(page).not.toHaveURL(/as_of=/);
  });

  test('a year without goals says whose turn it is', async ({ page, enter, look }) => {
    await enter('depmgr', '/goals?year=2100');
    await expect(page.getByText('2100 年度目标尚未编制')).toBeVisible();
    await expect(page.getByRole('link', { name: '编制年度目标' })).toBeVisible();
    await look('goals-none');
  });

  test('GM reads the board and may not change it; a technician has no way to it', async ({
    page,
    enter,
    look,
  }) => {
    await enter('gm', '/goals');
    await expect(page.locator('.goal-tile')).toHaveCount(5);
    await page.locator('.goal-estate').getByRole('link', { name: '目标书' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(String(thisYear()));
    for (const name of ['批准', '修改目标', '终测签字', '冻结', '暂计存档']) {
      await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0);
    }
    await enter('tech', '/goals');
    await expect(page.getByRole('heading', { name: '您没有这项权限' })).toBeVisible();
    await look('goals-no-permission');
  });
});

test('from a figure on the board to its rows in two taps, to the case in three, and out as a file', async ({
  page,
  call,
  enter,
  look,
  speak,
}) => {
  const counted = async () => {
    const { figures } = await running(call);
    const rate = figures.find((one) => one.goal.formula === 'handling_rate');
    return rate?.figure.figure?.numerator ?? 0;
  };
  expect(await counted(), 'the demo estate has handled cases this year').toBeGreaterThan(0);
  await enter('cscmgr', '/goals');

  let taps = 0;
  const tap = async (what: ReturnType<Page['locator']>) => {
    await what.click();
    taps += 1;
  };
  await tap(page.locator('.goal-tile').filter({ hasText: '处理率' }));
  const row = page.locator('.list-rows').getByRole('link').or(page.locator('[data-row]')).first();
  await expect(row).toBeVisible();
  expect(taps, 'taps from the figure to its rows').toBeLessThanOrEqual(2);
  // Others close complaints meanwhile: both are read until they are of one moment.
  await expect(async () => {
    const n = String(await counted());
    await page.reload();
    await expect(page.locator('.list-count')).toContainText(n, { timeout: 3_000 });
  }).toPass();
  await look('goal-rows');

  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出', exact: true }).click();
  await page.getByRole('menuitem', { name: '导出 CSV' }).click();
  expect((await file).suggestedFilename()).toMatch(/\.csv$/);

  await page.getByRole('link', { name: '应计入' }).click();
  await expect(page).toHaveURL(/part=denominator/);
  await expect(row).toBeVisible();
  await speak('en');
  await expect(page.getByRole('link', { name: 'Counted' })).toHaveAttribute('aria-current', 'true');
  await look('goal-rows-en');
  await row.click();
  await expect(page).toHaveURL(/\/cases\/[0-9a-f-]{36}/);
});

test('a goal that cannot be measured says why and what it waits for', async ({
  page,
  call,
  enter,
  look,
}) => {
  const { set, figures } = await running(call);
  const goal = figures.find((one) => one.figure.cause === 'no_records')?.goal;
  expect(goal, 'a goal whose records are not kept yet').toBeDefined();
  await enter('pubsup', `/goals/sets/${set.id}/${goal?.id}`);
  await expect(page.getByText('系统中尚无此项记录').first()).toBeVisible();
  await expect(page.getByText('会自动开始测算')).toBeVisible();
  await expect(page.getByText('还没有测量记录')).toBeVisible();
  await look('goal-not-measurable');
});

test('DEPMGR drafts a year, changes and adds goals; CSCMGR approves', async ({
  page,
  call,
  enter,
  look,
}) => {
  test.slow();
  const year = await freeYear(await call('depmgr'));
  await enter('depmgr', '/goals/sets');
  await page.getByRole('button', { name: '编制年度目标' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel('年度').fill(String(year));
  await look('goals-new-set');
  await page.keyboard.press('Control+Enter');
  await expect(page).toHaveURL(/\/goals\/sets\/[0-9a-f-]{36}/);
  const address = page.url();
  await expect(page.locator('h1 .pill')).toHaveText('草拟中');
  await expect(page.locator('.goal-table tbody tr')).toHaveCount(5);
  // Whoever drafted cannot approve: the deputy has no such button.
  await expect(page.getByRole('button', { name: '批准', exact: true })).toHaveCount(0);

  await page.getByRole('button', { name: '修改目标' }).click();
  await drawer.getByLabel('目标值').first().fill('80.5');
  await drawer.getByRole('button', { name: '增加目标' }).click();
  await drawer.getByLabel('中文名称').last().fill('设备完好率');
  await drawer.getByLabel('英文名称').last().fill('Equipment in order');
  await drawer.getByLabel('目标值').last().fill('98');
  await drawer.getByLabel('权重').last().fill('10');
  await pick(page, '责任岗位', '工程部主管');
  await drawer.getByRole('button', { name: '增加分担岗位' }).last().click();
  await pick(page, '分解到岗位', '工程维修员');
  await drawer.getByLabel('分担值').last().fill('98');
  await look('goals-edit');
  await page.keyboard.press('Control+Enter');
  await expect(drawer).toBeHidden();
  const table = page.locator('.goal-table');
  await expect(table.locator('tbody tr')).toHaveCount(6);
  await expect(table).toContainText('≥ 80.5%');
  await expect(table).toContainText('工程维修员');

  await enter('cscmgr', address);
  await look('goals-to-approve');
  await page.getByRole('button', { name: '批准', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '批准', exact: true }).click();
  await expect(page.locator('h1 .pill')).toHaveText('执行中');
});

test('a further goal takes its figure by hand, and provisional figures are kept on any day', async ({
  page,
  call,
  enter,
  look,
}) => {
  const set = await approved(call);
  const address = `/goals/sets/${set.id}`;
  await enter('depmgr', address);
  await page.getByRole('link', { name: '设备完好率' }).click();
  await expect(page.getByText('尚未填报').first()).toBeVisible();
  await page.getByRole('button', { name: '填报数字' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel('数据日期').fill(`${set.year}-12-31`);
  await page.keyboard.press('Tab');
  await drawer.getByLabel('分子').fill('99');
  await drawer.getByLabel('分母').fill('100');
  await drawer.getByLabel('数据来源').fill('设备台账年底清点');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.goal-panel').first()).toContainText('99.00%');
  await expect(page.getByText('设备台账年底清点')).toBeVisible();
  await look('goal-manual');
  await page.goto(address);
  await more(page, '暂计存档');
  await page.getByRole('dialog').getByRole('button', { name: '暂计存档' }).click();
  await expect(page.getByText('已存档').first()).toBeVisible();
  await page.getByRole('link', { name: '设备完好率' }).click();
  await expect(page.locator('.goal-history li')).toHaveCount(1);
  await expect(page.locator('.goal-history li')).toContainText('暂计');
});

test('CSCMGR signs and freezes the year; measured again with a reason, both results stay', async ({
  page,
  call,
  enter,
  look,
}) => {
  test.slow();
  const set = await approved(call);
  const address = `/goals/sets/${set.id}`;
  await enter('cscmgr', address);
  await page.getByRole('button', { name: '终测签字' }).click();
  await look('goals-sign');
  await page.getByRole('dialog').getByRole('button', { name: '终测签字' }).click();
  await expect(page.locator('h1 .pill')).toHaveText('已终测');
  await page.getByRole('button', { name: '冻结', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '冻结', exact: true }).click();
  await expect(page.locator('h1 .pill')).toHaveText('已冻结');
  await look('goals-frozen');

  await page.getByRole('link', { name: '有效投诉' }).click();
  await page.getByRole('button', { name: '重新测量' }).click();
  await page.getByLabel('记录有什么更正').fill('补录一件误登的投诉');
  await page.getByRole('dialog').getByRole('button', { name: '重新测量' }).click();
  const history = page.locator('.goal-history li');
  await expect(history).toHaveCount(2);
  await expect(history.first()).toContainText('补录一件误登的投诉');
  await expect(history.first()).toContainText('现行');
  await expect(history.last()).toContainText('已由后一次更正');
  await look('goal-measured-again');
});

test('goal sheet and yearly assessment are papers to print; the history says who did what', async ({
  page,
  call,
  enter,
  look,
  speak,
}) => {
  test.slow();
  const set = await approved(call);
  const cscmgr = await call('cscmgr');
  await cscmgr.post(`/goal-sets/${set.id}/sign`, { note: '资料齐全' });
  const { goals } = await cscmgr.get<{ goals: { id: string; no: number }[] }>(
    `/goal-sets/${set.id}`,
  );
  const second = goals.find((goal) => goal.no === 2)?.id;
  await cscmgr.post(`/goals/${second}/remeasure`, { reason: '更正一件' });
  await enter('gm', `/goals/sets/${set.id}`);
  await expect(page.getByText('批准目标')).toBeVisible();
  await more(page, '打印年度考核');
  await expect(page.getByRole('heading', { name: /年度目标考核表/ })).toBeVisible();
  await expect(page.getByText(/更正：原为 0 起.*更正一件/)).toBeVisible();
  await expect(page.getByText('资料齐全').first()).toBeVisible();
  await look('goals-assessment');
  await page.getByRole('button', { name: '返回' }).click();
  await more(page, '打印目标书');
  await expect(page.getByRole('heading', { name: /年度管理目标/ })).toBeVisible();
  await expect(page.getByText('三级资质')).toBeVisible();
  await look('goals-sheet');
  await speak('en');
  await expect(page.locator('h1 .pill')).toHaveText('Measured');
  await look('goals-set-en');
});

test('a draft that cannot be is refused beside its field', async ({ page, call, enter, look }) => {
  const set = await draft(call);
  await enter('depmgr', `/goals/sets/${set.id}`);
  await page.getByRole('button', { name: '修改目标' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel('目标值').first().fill('101');
  await page.keyboard.press('Control+Enter');
  await expect(drawer.getByText('目标值超出单位的范围')).toBeVisible();
  await look('goals-refused');
});

test('signing over pending complaints needs a note; before the year ends it is not offered', async ({
  page,
  call,
  enter,
}) => {
  const { set } = await running(call);
  await enter('cscmgr', `/goals/sets/${set.id}`);
  await expect(page.getByRole('button', { name: '终测签字' })).toBeDisabled();
  await expect(page.getByText('年度结束后才能终测').first()).toBeVisible();
});

test('an approved sheet cannot be changed any more', async ({ page, call, enter }) => {
  const set = await approved(call);
  await enter('depmgr', `/goals/sets/${set.id}`);
  await expect(page.locator('h1 .pill')).toHaveText('执行中');
  await expect(page.getByRole('button', { name: '修改目标' })).toHaveCount(0);
});

test('the service standard stands on the board with its date and is changed by the deputy', async ({
  page,
  enter,
  look,
}) => {
  await enter('depmgr', '/goals');
  await expect(page.getByText('服务标准').first()).toBeVisible();
  await page.getByRole('button', { name: '修改服务标准' }).first().click();
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel('服务标准').fill('三级资质');
  await look('goals-standard');
  await drawer.getByLabel('自何日起').fill('2026-01-01');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('服务标准已修改')).toBeVisible();
  await expect(page.getByText('自 2026-01-01 周四 起').first()).toBeVisible();
});

/** Chooses in the last select of that label. */
async function pick(page: Page, label: string, option: string): Promise<void> {
  const select = page.getByRole('dialog').getByLabel(label).last();
  await select.click();
  await select.fill(option);
  await page.locator('.ant-select-dropdown').getByText(option, { exact: true }).last().click();
}

/** An action that stands small beside the next one, or in the menu where there is no room. */
async function more(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  const menu = page.getByRole('button', { name: '其他操作' });
  await expect(button.or(menu).first()).toBeVisible();
  if (await button.isVisible()) return button.click();
  await menu.click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}
