import type { Page } from '@playwright/test';
import { type Caller, signedIn } from './callers';
import { thisYear } from './desk';
import { test as base, expect } from './fixtures';

// Each test builds a block of its own, so that none depends on what another has left.

interface People {
  recept: Caller;
  pubsup: Caller;
}

const test = base.extend<People>({
  recept: async ({ baseURL }, use) => {
    const caller = await signedIn(baseURL ?? '', 'recept');
    await use(caller);
    await caller.leave();
  },
  pubsup: async ({ baseURL }, use) => {
    const caller = await signedIn(baseURL ?? '', 'pubsup');
    await use(caller);
    await caller.leave();
  },
});

interface Row {
  id: string;
  no: string;
  state: string;
}
interface Rows<T = Row> {
  items: T[];
  total?: number;
}

/** A number that no other test uses. */
const fresh = () => String(100_000 + Math.floor(Math.random() * 899_999));
/** A block's label: three digits at most. */
const label = () => String(100 + Math.floor(Math.random() * 899));

const estateOf = async (caller: Caller) =>
  (await caller.get<{ estates: { id: string }[] }>('/me')).estates[0]?.id ?? '';

/** Confirms whatever waits about one element. */
async function confirm(pubsup: Caller, subject: string) {
  const path = `/structure-changes?state=proposed&subject_id=${subject}`;
  for (const change of (await pubsup.get<Rows>(path)).items) {
    await pubsup.post(`/structure-changes/${change.id}/confirm`, {});
  }
}

/** A confirmed block with one unit, under a number that is still free. */
async function block({ recept, pubsup }: People, more: object = {}) {
  const estate_id = await estateOf(recept);
  const kind = { kind: 'high_rise', floors_above: 18, location: '东门内第一排' };
  let answer = await recept.send('POST', '/blocks', { estate_id, no: label(), ...kind, ...more });
  while (answer.status() === 409) {
    answer = await recept.send('POST', '/blocks', { estate_id, no: label(), ...kind, ...more });
  }
  expect(answer.status(), await answer.text()).toBe(201);
  const made: Row = await answer.json();
  const unit = await recept.post<Row>('/units', { block_id: made.id, no: '2', lifts: 2 });
  await confirm(pubsup, made.id);
  await confirm(pubsup, unit.id);
  return { estate_id, no: made.no, id: made.id, unit: unit.id };
}

/** A confirmed house in such a block. */
async function house(people: People, room = '501', more: object = {}) {
  const within = await block(people);
  const body = { block_id: within.id, unit_id: within.unit, room, area_milli: 89_570, ...more };
  const made = await people.recept.post<Row>('/houses', {
    use: 'residential',
    status: 'occupied',
    ...body,
  });
  await confirm(people.pubsup, made.id);
  return { ...made, block: within };
}

/** Chooses in one of antd's selects by its label. */
async function choose(page: Page, label: string, option: string) {
  await page.getByRole('dialog').getByLabel(label).click();
  await page.locator('.ant-select-item-option', { hasText: option }).first().click();
}

const title = (page: Page) => page.getByRole('heading', { level: 1 });

// Many looks in one test, each with its accessibility check.
test.describe.configure({ timeout: 180_000 });

test.describe('estate register', () => {
  test('DER-X-5: the desk keys in a house, the supervisor confirms, and it is found by the ways people write it', async ({
    page,
    enter,
    look,
    speak,
    recept,
    pubsup,
  }) => {
    const within = await block({ recept, pubsup });
    const no = `${within.no}-2-501`;
    await enter('recept', `/estate/blocks/${within.id}`);
    await expect(title(page)).toContainText(`${within.no}栋`);
    await page.getByRole('button', { name: '新增房屋' }).click();
    await choose(page, '单元', '2单元');
    await page.getByLabel('室号').fill('501');
    await page.getByLabel('建筑面积').fill('89.57');
    await look('estate-house-form');
    await page.keyboard.press('Control+Enter');
    await expect(title(page)).toContainText(no);
    await expect(page.locator('h1 .pill')).toHaveText('待确认');
    await expect(page.getByText('新增待主管确认')).toBeVisible();
    await look('estate-house-draft');

    await enter('pubsup', '/estate/changes');
    await page.getByText(no).first().click();
    await expect(title(page)).toContainText(no);
    await expect(page.getByText('89.57 m²').first()).toBeVisible();
    await look('estate-change');
    await page.getByRole('button', { name: '确认', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确认' }).click();
    await expect(page.locator('h1 .pill')).toHaveText('已确认');

    const own = fresh();
    const name = `巫马${own}`;
    const tail = own.slice(-4);
    const party = await recept.post<Row>('/parties', {
      estate_id: within.estate_id,
      kind: 'owner',
      name,
      phones: [`13900${own}`],
    });
    const [found] = (await recept.get<Rows>(`/houses?q=${no}`)).items;
    await recept.post('/occupancies', {
      party_id: party.id,
      house_id: found?.id,
      role: 'owner',
      valid_from: '2026-01-01',
    });
    await enter('recept', '/estate/houses');
    const wide = (text: string) =>
      text.replace(/[0-9-]/g, (sign) =>
        sign === '-' ? '－' : String.fromCharCode(sign.charCodeAt(0) + 0xfee0),
      );
    for (const said of [
      no,
      `${within.no}栋2单元501`,
      `${within.no}号楼2单元501室`,
      wide(no),
      name,
      tail,
    ]) {
      const box = page.getByRole('textbox', { name: /房号、姓名或电话尾号/ });
      await box.fill(said);
      await expect(page.locator('[data-row]').filter({ hasText: no }), said).toBeVisible();
    }
    await page.getByRole('textbox', { name: /房号、姓名或电话尾号/ }).fill(no);
    await expect(page.getByText('共 1 条')).toBeVisible();
    await look('estate-houses-found');
    await page.keyboard.press('Enter');
    await expect(title(page)).toContainText(no);
    await expect(page.locator('h1 .pill')).toHaveText('在用');
    await expect(page.getByRole('link', { name })).toHaveAttribute('href', `/parties/${party.id}`);
    await look('estate-house');
    await speak('en');
    await expect(page.getByRole('heading', { name: 'Owners and residents' })).toBeVisible();
    await look('estate-house-record-en');
  });

  test('the header finds a house: its number and Enter, no more', async ({
    page,
    enter,
    look,
    recept,
    pubsup,
  }) => {
    const made = await house({ recept, pubsup });
    await enter('recept');
    await expect(title(page)).toBeVisible();
    await page.keyboard.press('Control+k');
    await page
      .getByRole('combobox', { name: '找房屋、业主、电话或功能' })
      .fill(`${made.block.no}栋2单元501`);
    await expect(page.getByRole('dialog').getByRole('option').first()).toContainText(made.no);
    await look('estate-search');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/estate/houses/${made.id}$`));
    await expect(title(page)).toContainText(made.no);
  });

  test('POS-CLEANLEAD-03: the figures count what there is and what is missing, and lead to the rows', async ({
    page,
    enter,
    look,
    speak,
    recept,
    pubsup,
  }) => {
    const made = await house({ recept, pubsup }, '602', { area_milli: null });
    const lamp = `园灯${fresh()}`;
    await recept.post('/places', {
      estate_id: made.block.estate_id,
      kind: 'fixture',
      fixture_kind: 'lamp_post',
      name: lamp,
      quantity: 3,
    });
    await enter('cleanlead', '/estate');
    await expect(page.getByRole('heading', { name: '小区台账' })).toBeVisible();
    const gap = (name: string) => page.locator('.es-gaps li').filter({ hasText: name });
    await expect(gap('房屋缺面积')).toContainText(/完整率 \d/);
    await expect(page.getByRole('row', { name: /路灯（盏）/ })).toBeVisible();
    await look('estate-inventory');
    await gap('房屋缺面积').getByRole('link').click();
    await expect(page).toHaveURL(/without_area=true/);
    await expect(page.getByText(made.no)).toBeVisible();
    await look('estate-houses-without-area');
    await page.goBack();
    await gap('设施缺位置').getByRole('link').click();
    await expect(page.getByText(lamp)).toBeVisible();
    await look('estate-fixtures-without-place');
    await expect(page.getByRole('button', { name: '新增场所设施' })).toHaveCount(0);
    const { completeness } = await recept.get<{ completeness: { houses_without_area: number } }>(
      '/inventory',
    );
    expect(completeness.houses_without_area).toBeGreaterThan(0);
    await speak('en');
    await page.goto('/estate');
    await expect(page.getByRole('heading', { name: 'Estate register' })).toBeVisible();
    await look('estate-inventory-en');
  });

  test('a measure of a confirmed house waits, is refused with a reason, and the rest holds at once', async ({
    page,
    enter,
    look,
    recept,
    pubsup,
  }) => {
    const made = await house({ recept, pubsup });
    await enter('recept', `/estate/houses/${made.id}`);
    await act(page, '修改');
    await page.getByLabel('建筑面积').fill('91.2');
    await page.getByLabel('备注').fill('业主报称面积有误');
    await look('estate-house-change');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('变更待主管确认')).toBeVisible();
    await expect(page.getByText('业主报称面积有误').first()).toBeVisible();
    await expect(page.getByText('建筑面积').locator('..')).toContainText('89.57 m²');
    await look('estate-house-waits');

    await enter('pubsup', `/estate/houses/${made.id}`);
    await act(page, '退回');
    await page.getByLabel('理由').fill('以产权证为准');
    await page.getByRole('dialog').getByRole('button', { name: '退回' }).click();
    await expect(page.getByText('变更待主管确认')).toBeHidden();
    await page.goto('/estate/changes/register');
    await expect(page.getByText('91.2 m²').first()).toBeVisible();
    await look('estate-changes-register');
    const kept = await recept.get<{ area_milli: number }>(`/houses/${made.id}`);
    expect(kept.area_milli).toBe(89_570);
  });

  test('what was asked for by mistake is withdrawn by who asked, and cannot be confirmed by them', async ({
    page,
    enter,
    recept,
    pubsup,
  }) => {
    const made = await house({ recept, pubsup });
    await enter('recept', `/estate/houses/${made.id}`);
    await act(page, '停用');
    await page.getByRole('dialog').getByLabel('理由').fill('看错了楼栋');
    await page.getByRole('dialog').getByRole('button', { name: '停用' }).click();
    await expect(page.getByText('停用待主管确认')).toBeVisible();
    await expect(page.getByRole('button', { name: '确认', exact: true })).toHaveCount(0);
    await act(page, '撤回');
    await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click();
    await expect(page.getByText('停用待主管确认')).toBeHidden();
    const after = await recept.get<Row>(`/houses/${made.id}`);
    expect(after.state).toBe('active');
  });

  test('a house is taken out with a reason; a block with living houses is not', async ({
    page,
    enter,
    look,
    recept,
    pubsup,
  }) => {
    const made = await house({ recept, pubsup });
    await recept.post(`/blocks/${made.block.id}/retire`, { reason: '并入邻栋' });
    await enter('pubsup', `/estate/blocks/${made.block.id}`);
    await page.getByRole('button', { name: '确认', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '确认' }).click();
    await expect(dialog.getByRole('alert')).toContainText('在用的资料');
    await look('estate-retire-refused');
    await dialog.getByRole('button', { name: '取消' }).click();

    await enter('recept', `/estate/houses/${made.id}`);
    await act(page, '停用');
    await expect(dialog.getByText('资料保留')).toBeVisible();
    await look('estate-retire');
    await dialog.getByRole('button', { name: '停用' }).click();
    await expect(dialog.getByText('请填写理由')).toBeVisible();
    await dialog.getByLabel('理由').fill('两户打通为一户');
    await dialog.getByRole('button', { name: '停用' }).click();
    await expect(page.getByText('停用待主管确认')).toBeVisible();
    await confirm(pubsup, made.id);
    await page.reload();
    await expect(page.locator('h1 .pill')).toHaveText('已停用');
    await expect(page.getByText('两户打通为一户').first()).toBeVisible();
    await look('estate-house-retired');
    await page.goto(`/estate/houses?block_id=${made.block.id}`);
    await expect(page.getByText('没有符合条件的记录')).toBeVisible();
    await page.goto(`/estate/houses?block_id=${made.block.id}&state=retired`);
    await expect(page.getByText(made.no)).toBeVisible();
  });

  test('several changes are confirmed from the queue; one refusal does not hold up the rest', async ({
    page,
    enter,
    look,
    speak,
    recept,
    pubsup,
  }) => {
    test.skip(
      (page.viewportSize()?.width ?? 0) < 768,
      'rows are ticked at desk width; a phone decides one by one',
    );
    const busy = await house({ recept, pubsup });
    await recept.post(`/blocks/${busy.block.id}/retire`, { reason: '并入邻栋' });
    const other = await house({ recept, pubsup });
    await recept.post(`/houses/${other.id}/retire`, { reason: '拆除' });
    await enter('pubsup', '/estate/changes');
    const tick = (name: string) =>
      page
        .getByRole('row')
        .filter({ has: page.getByText(name, { exact: false }) })
        .first()
        .getByRole('checkbox');
    for (const name of [`${busy.block.no}栋`, other.no]) await tick(name).check();
    await look('estate-changes-chosen');
    await page.getByRole('button', { name: '确认所选' }).click();
    await expect(page.getByText('已确认 1 项')).toBeVisible();
    await expect(page.getByText(/1 项没有确认：.*在用的资料/)).toBeVisible();
    // What was refused stays chosen: it is still to be dealt with.
    await expect(page.getByText('已选 1 条')).toBeVisible();
    await expect(tick(`${busy.block.no}栋`)).toBeChecked();
    await look('estate-changes-told');
    expect((await recept.get<Row>(`/houses/${other.id}`)).state).toBe('retired');
    expect((await recept.get<Row>(`/blocks/${busy.block.id}`)).state).toBe('active');
    await speak('en');
    await expect(title(page)).toHaveText('Changes to confirm');
    await look('estate-changes-en');
  });

  test('POS-CLEANLEAD-03: the sheet of an area holds sizes, numbers and places, and prints', async ({
    page,
    enter,
    look,
    speak,
    recept,
    pubsup,
  }) => {
    const estate_id = await estateOf(recept);
    const code = fresh();
    const area = await recept.post<Row>('/areas', { estate_id, code, name: `东区${code}` });
    await confirm(pubsup, area.id);
    await block({ recept, pubsup }, { area_id: area.id });
    const place = (body: object) =>
      recept.post('/places', { estate_id, area_id: area.id, ...body });
    await place({ kind: 'road', name: '环路', length_milli: 820_000, area_milli: 4_100_000 });
    await place({ kind: 'green', name: '桂花园', area_milli: 1_200_500 });
    await place({
      kind: 'fixture',
      fixture_kind: 'bench',
      no: 'Z-10',
      name: '长椅',
      quantity: 4,
      location: '环路东侧',
    });
    await enter('cleanlead', `/estate/areas/${area.id}`);
    await expect(page.getByRole('row', { name: /座椅（张） 4/ })).toBeVisible();
    await look('estate-area');
    await page.getByRole('link', { name: '打印台账' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`东区${code}`);
    for (const row of [
      /环路 820 4,100/,
      /桂花园 1,200\.5/,
      /座椅 Z-10 长椅 4 环路东侧/,
      /高层 18/,
    ]) {
      await expect(page.getByRole('row', { name: row })).toBeVisible();
    }
    await look('estate-sheet');
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('button', { name: '打印' })).toBeHidden();
    await expect(page.getByRole('row', { name: /桂花园/ })).toBeVisible();
    await look('estate-sheet-print');
    await page.emulateMedia({ media: null });
    await speak('en');
    await expect(page.getByText('Squad leader')).toBeVisible();
    await look('estate-sheet-en');
  });

  test('a block is seen by floors and units, with what is vacant or missing, and prints', async ({
    page,
    enter,
    look,
    speak,
    recept,
    pubsup,
  }) => {
    const { block: within } = await house({ recept, pubsup });
    const door = (room: string, status: string, area_milli: number | null = 92_000) =>
      recept.post<Row>('/houses', {
        block_id: within.id,
        unit_id: within.unit,
        room,
        use: 'residential',
        status,
        area_milli,
      });
    await door('502', 'let');
    const upper = await door('1001', 'renovating', null);
    await enter('guard', `/estate/blocks/${within.id}`);
    const floors = page.getByRole('rowheader').filter({ hasText: '层' });
    await expect(floors.first()).toHaveText('10 层');
    await expect(page.getByRole('link', { name: /1001/ })).toContainText('缺面积');
    await expect(page.getByRole('button', { name: '新增房屋' })).toHaveCount(0);
    await look('estate-block');
    await page.getByRole('button', { name: '打印' }).click();
    await expect(title(page)).toHaveText(`${within.no}栋 楼盘表`);
    await look('estate-plan-paper');
    await page.getByRole('button', { name: '返回' }).click();
    await page.getByRole('link', { name: /1001/ }).click();
    await expect(page).toHaveURL(new RegExp(upper.id));
    await page.goto(`/estate/units/${within.unit}`);
    await expect(page.getByRole('link', { name: /502/ })).toBeVisible();
    await look('estate-unit');
    await speak('en');
    await page.goto(`/estate/blocks/${within.id}`);
    await expect(page.getByText('Block plan')).toBeVisible();
    await look('estate-block-en');
    // The demo's own block: two units side by side, fifteen floors.
    const [first] = (await recept.get<Rows>('/blocks?limit=1')).items;
    await page.goto(`/estate/blocks/${first?.id}`);
    await expect(page.getByRole('link', { name: '1501' }).first()).toBeVisible();
    await look('estate-block-full');
  });

  test('the yearly check is opened by the desk and closed by the supervisor, and keeps its figures', async ({
    page,
    enter,
    look,
    recept,
  }) => {
    const estate_id = await estateOf(recept);
    const year = 2100 + Math.floor(Math.random() * 99);
    const open = await recept.send('POST', '/estate-checks', { estate_id, year });
    expect([201, 409]).toContain(open.status());
    await enter('recept', '/estate');
    const line = page.locator('li').filter({ has: page.locator('b', { hasText: String(year) }) });
    await expect(line).toBeVisible();
    await expect(page.getByRole('button', { name: '结束核对' })).toHaveCount(0);
    const now = page.getByRole('button', { name: /开始 \d+ 年核对/ });
    const current = thisYear();
    const checks = await recept.get<Rows<{ year: number }>>('/estate-checks');
    if (!checks.items.some((check) => check.year === current)) {
      await expect(page.getByText('未开始')).toBeVisible();
      await look('estate-check-due');
      await now.click();
      await page.getByRole('dialog').getByRole('button', { name: '开始核对' }).click();
    }
    await expect(now).toHaveCount(0);
    await expect(
      page.locator('li').filter({ has: page.locator('b', { hasText: String(current) }) }),
    ).toBeVisible();

    await enter('pubsup', '/estate');
    await expect(line).toBeVisible();
    const close = line.getByRole('button', { name: '结束核对' });
    if (open.status() === 201) {
      await close.click();
      await page.getByLabel('核对发现').fill('路灯少一盏');
      await page.getByRole('dialog').getByRole('button', { name: '结束核对' }).click();
    }
    await expect(line).toContainText('已完成');
    await line.getByRole('button', { name: '查看' }).click();
    await expect(page.getByRole('dialog').getByText('核对当天')).toBeVisible();
    await expect(page.getByRole('dialog').getByText('路灯少一盏')).toBeVisible();
    await look('estate-check');
  });

  for (const [path, name, button] of [
    ['blocks', '楼栋', '新增楼栋'],
    ['units', '单元', '新增单元'],
    ['areas', '辖区', '新增辖区'],
    ['parking-spaces', '车位', '新增车位'],
    ['places', '道路、绿地与设施', '新增场所设施'],
    ['houses', '房屋', '新增房屋'],
  ] as const) {
    test(`the list of ${path} has its neighbours, its file and its form`, async ({
      page,
      enter,
      look,
      speak,
      recept,
      pubsup,
    }) => {
      await block({ recept, pubsup });
      await enter('recept', '/estate');
      const tabs = page.getByRole('navigation', { name: '小区台账' });
      await tabs.getByRole('link', { name, exact: true }).click();
      await expect(page).toHaveURL(new RegExp(`/estate/${path}$`));
      await expect(title(page)).toHaveText(name);
      await look(`estate-${path}`);
      const file = page.waitForEvent('download');
      await page.getByRole('button', { name: '导出' }).click();
      await page.getByRole('menuitem', { name: '导出 CSV' }).click();
      expect((await file).suggestedFilename()).toMatch(/\.csv$/);
      await page.getByRole('button', { name: button }).click();
      await expect(page.getByRole('dialog').getByText('先存为待确认')).toBeVisible();
      await look(`estate-${path}-form`);
      await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
      await expect(page.getByRole('dialog')).toBeHidden();
      await speak('en');
      await expect(title(page)).not.toHaveText(name);
      await look(`estate-${path}-en`);
    });
  }

  test('a fixture, a road and a parking space are keyed in with what belongs to their kind', async ({
    page,
    enter,
    look,
    recept,
    pubsup,
  }) => {
    const made = await house({ recept, pubsup });
    await enter('recept', '/estate/places');
    await page.getByRole('button', { name: '新增场所设施' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel('数量')).toBeVisible();
    await expect(dialog.getByLabel('长度')).toHaveCount(0);
    await choose(page, '类别', '道路');
    await expect(dialog.getByLabel('数量')).toHaveCount(0);
    const road = `环路${fresh()}`;
    const space = `B2-${fresh()}`;
    await dialog.getByLabel('名称').fill(road);
    await dialog.getByLabel('长度').fill('820.5');
    await page.keyboard.press('Control+Enter');
    await expect(title(page)).toContainText(road);
    await expect(page.getByText('820.5 m')).toBeVisible();
    await look('estate-place');

    await page.goto('/estate/parking-spaces');
    await page.getByRole('button', { name: '新增车位' }).click();
    await dialog.getByLabel('车位号').fill(space);
    await dialog.getByRole('combobox', { name: '所属房屋' }).fill(made.no);
    await page.getByRole('option', { name: made.no }).click();
    await look('estate-parking-filled');
    await page.keyboard.press('Control+Enter');
    await expect(title(page)).toContainText(space);
    await expect(page.getByRole('link', { name: made.no })).toBeVisible();
    await act(page, '修改');
    await expect(dialog.getByRole('combobox', { name: '所属房屋' })).toHaveValue(made.no);
    await dialog.getByRole('button', { name: '取消' }).click();
    await page.goto('/estate/parking-spaces');
    await page.getByRole('textbox', { name: /车位号/ }).fill(space);
    await expect(page.getByText('共 1 条')).toBeVisible();
    await page.goto(`/estate/houses/${made.id}`);
    await expect(page.getByRole('link', { name: space })).toBeVisible();
  });
});

/** One of a record's small actions: a button at desk width; dangerous ones, and all on a phone, in the menu. */
async function act(page: Page, name: string) {
  await expect(title(page)).toBeVisible();
  if ((page.viewportSize()?.width ?? 0) < 768 || name === '停用') {
    await page.getByRole('button', { name: '其他操作' }).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  } else {
    await page.getByRole('button', { name, exact: true }).click();
  }
}
