import type { Page } from '@playwright/test';
import { type Caller, signedIn } from './callers';
import { test as base, expect } from './fixtures';

// Each test builds a house and people of its own, so that none depends on what another has left.

const test = base.extend<{ recept: Caller }>({
  recept: async ({ baseURL }, use) => {
    const caller = await signedIn(baseURL ?? '', 'recept');
    await use(caller);
    await caller.leave();
  },
});

interface Made {
  id: string;
  no: string;
}

const digits = (n: number) => String(Math.random()).slice(2, 2 + n);
const phone = () => `139${digits(8)}`;
/** The number of an identity card: a day of birth, a serial, and the check digit that fits. */
function identity(): string {
  const body = `110105${1950 + Number(digits(1))}12${10 + Number(digits(1))}${digits(3)}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((all, weight, i) => all + weight * Number(body[i]), 0);
  return body + '10X98765432'[sum % 11];
}
const estateOf = async (caller: Caller) =>
  (await caller.get<{ estates: { id: string }[] }>('/me')).estates[0]?.id ?? '';

/** A house in a block under a number that is still free. */
async function house(recept: Caller): Promise<Made> {
  const estate_id = await estateOf(recept);
  for (;;) {
    const no = String(100 + Math.floor(Math.random() * 899));
    const answer = await recept.send('POST', '/blocks', { estate_id, no, kind: 'high_rise' });
    if (answer.status() === 409) continue;
    expect(answer.status(), await answer.text()).toBe(201);
    const block: Made = await answer.json();
    return recept.post<Made>('/houses', {
      block_id: block.id,
      room: '501',
      use: 'residential',
      status: 'occupied',
    });
  }
}

async function person(recept: Caller, more: object = {}): Promise<Made & { name: string }> {
  const estate_id = await estateOf(recept);
  return recept.post('/parties', {
    estate_id,
    kind: 'owner',
    name: `钱${digits(4)}`,
    phones: [phone()],
    ...more,
  });
}

/** An owner in a house, with the file that their first day has opened. */
async function owned(recept: Caller) {
  const [home, owner] = [await house(recept), await person(recept)];
  const body = { party_id: owner.id, house_id: home.id, role: 'owner', valid_from: '2024-06-01' };
  await recept.post('/occupancies', body);
  const files = await recept.get<{ items: Made[] }>(`/house-files?house_id=${home.id}`);
  return { home, owner, file: files.items[0] as Made };
}

/** The smallest picture there is. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Types into a field that finds, and takes the first hit. */
async function find(page: Page, label: string, text: string) {
  const field = page.getByRole('combobox', { name: label });
  await field.fill(text);
  await expect(page.getByRole('option').filter({ hasText: text }).first()).toBeVisible();
  await field.press('Enter');
}

/** What a record page offers: a button in the row, or behind the three dots. */
async function act(page: Page, name: string) {
  await expect(page.locator('.record-actions')).toBeVisible();
  const button = page.locator('.record-actions').getByRole('button', { name, exact: true });
  if (await button.isVisible()) return button.click();
  await page.getByRole('button', { name: '其他操作' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

const send = (page: Page) => page.keyboard.press('Control+Enter');
const state = (page: Page) => page.locator('h1 .pill');

// Each looks at many screens, and each look is an accessibility check.
test.slow();

test('a person is keyed in and moves in, and the file of the house opens by itself', async ({
  page,
  recept,
  enter,
  look,
  speak,
}) => {
  const home = await house(recept);
  const name = `孙${digits(4)}`;
  const number = phone();
  await enter('recept', '/parties');
  await expect(page.getByRole('heading', { name: '业主与住户' })).toBeVisible();
  await look('parties');
  await page.getByRole('button', { name: '新建业主或住户' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('姓名或名称').fill(name);
  await form.getByLabel('第 1 个电话', { exact: true }).fill('123');
  await send(page);
  await expect(form.locator('.ant-form-item-explain-error, [role=alert]').first()).toBeVisible();
  await look('party-form-refused');
  await form.getByLabel('第 1 个电话', { exact: true }).fill(number);
  await send(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);

  await act(page, '登记入住');
  await find(page, '房屋', home.no);
  await look('occupancy-form');
  await send(page);
  await expect(page.getByText('已登记入住')).toBeVisible();
  await expect(
    page.locator('.record-main').getByRole('link', { name: home.no, exact: true }),
  ).toBeVisible();
  await look('party');
  await speak('en');
  await expect(page.getByRole('heading', { name: 'Houses by date' })).toBeVisible();
  await look('party-en');
  await page.goto('/parties');
  await page.getByRole('textbox').first().fill(home.no);
  await expect(page.getByText(name)).toBeVisible();
  await look('parties-en');
  await speak('zh-CN');

  // The end of the phone finds the person too, in the header's search as in the list.
  await page.goto(`/parties?q=${number.slice(-6)}`);
  await expect(page.getByText(name)).toBeVisible();
  await page.goto(`/house-files?house_id=${home.id}`);
  await expect(page.locator('[data-row]').first()).toContainText('已建档');
});

test('numbers are open to one post and masked for another', async ({
  page,
  recept,
  enter,
  look,
}) => {
  const number = phone();
  const card = identity();
  const { id } = await person(recept, { phones: [number], identity_number: card });
  const masked = `${number.slice(0, 3)}****${number.slice(-4)}`;
  await enter('recept', `/parties/${id}`);
  await expect(page.getByRole('link', { name: number })).toBeVisible();
  await expect(page.getByText(card)).toBeVisible();
  await expect(page.getByRole('heading', { name: '证件与资料' })).toBeVisible();
  await look('party-open');
  await enter('tech', `/parties/${id}`);
  await expect(page.getByText(masked)).toBeVisible();
  await expect(page.getByText(number)).toHaveCount(0);
  await expect(page.getByText(card)).toHaveCount(0);
  await expect(page.getByRole('button', { name: '登记入住' })).toHaveCount(0);
  await expect(page.getByRole('heading', { name: '证件与资料' })).toHaveCount(0);
  await look('party-masked');
});

test('a number that is known leads to whoever has it, and stays out of the address', async ({
  page,
  recept,
  enter,
  look,
}) => {
  const card = identity();
  const { name } = await person(recept, { identity_number: card });
  await enter('recept', '/parties');
  await page.getByRole('button', { name: '按号码核对' }).click();
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: '证件号码' }).fill(card);
  await page.keyboard.press('Enter');
  await expect(form.getByRole('link', { name })).toBeVisible();
  await look('lookup');
  expect(page.url()).not.toContain(card);
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(kept).not.toContain(card);
  await form.getByRole('textbox', { name: '证件号码' }).fill(identity());
  await page.keyboard.press('Enter');
  await expect(form.getByText('档案里没有这个号码。')).toBeVisible();
});

test('what was typed of personal data is not kept as a draft', async ({ page, enter }) => {
  await enter('recept', '/parties');
  await page.getByRole('button', { name: '新建业主或住户' }).click();
  const form = page.getByRole('dialog');
  const card = identity();
  await form.getByLabel('姓名或名称').fill('草稿人');
  await form.getByLabel('证件号码').fill(card);
  await form.getByRole('button', { name: '取消' }).click();
  await expect(form).toHaveCount(0);
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(kept).toContain('草稿人');
  expect(kept).not.toContain(card);
});

test('occupancies are listed by date; one moves out, a house passes to a new owner', async ({
  page,
  recept,
  enter,
  look,
  speak,
}) => {
  const { home, owner, file } = await owned(recept);
  const [tenant, buyer] = [await person(recept, { kind: 'tenant' }), await person(recept)];
  await recept.post('/occupancies', {
    party_id: tenant.id,
    house_id: home.id,
    role: 'tenant',
    valid_from: '2025-01-01',
  });
  await enter('recept', `/occupancies?house_id=${home.id}`);
  await expect(page.locator('[data-row]')).toHaveCount(2);
  await look('occupancies');
  await page.getByText(tenant.name, { exact: true }).click();
  const drawer = page.getByRole('dialog').first();
  await expect(drawer.getByText(home.no).first()).toBeVisible();
  await look('occupancy');
  await drawer.getByRole('button', { name: '登记迁出' }).click();
  await page.getByLabel('原因').fill('租期届满');
  await send(page);
  await expect(page.getByText('已登记迁出')).toBeVisible();
  await expect(page.getByText('已结束')).toBeVisible();

  // By date: in the tenant's time both are there, before it the owner alone.
  await page.goto(`/occupancies?house_id=${home.id}&on=2025-06-01`);
  await expect(page.locator('[data-row]')).toHaveCount(2);
  await page.goto(`/occupancies?house_id=${home.id}&on=2024-12-31`);
  await expect(page.locator('[data-row]')).toHaveCount(1);

  await page.goto(`/occupancies?house_id=${home.id}`);
  await page.getByRole('button', { name: '过户' }).click();
  await expect(page.getByText(`现业主：${owner.name}。`)).toBeVisible();
  await find(page, '第 1 位新业主', buyer.name);
  await page.getByLabel('原因').fill('买卖');
  await look('transfer');
  await send(page);
  await expect(page.getByText(`${file.no} 已归档`)).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(home.no);
  await page.goto(`/house-files?house_id=${home.id}`);
  await expect(page.locator('[data-row]')).toHaveCount(2);
  await expect(page.getByText('已归档').first()).toBeVisible();
  // The former owner still finds the way to the archived file.
  await page.goto(`/house-files?q=${encodeURIComponent(owner.name)}&state=archived`);
  await expect(page.locator('[data-row]')).toHaveCount(1);
  await speak('en');
  await page.goto(`/occupancies?house_id=${home.id}`);
  await expect(page.locator('[data-row]')).toHaveCount(3);
  await look('occupancies-en');
});

test('a file shows what is missing until it is complete, and a void document takes it back', async ({
  page,
  recept,
  enter,
  look,
  speak,
}) => {
  const { home, file } = await owned(recept);
  await enter('recept', `/house-files/${file.id}`);
  await expect(state(page)).toHaveText('已建档');
  await act(page, '核对齐全');
  await page.getByRole('dialog').getByRole('button', { name: '核对齐全' }).click();
  await expect(state(page)).toHaveText('不齐全');
  await look('house-file-incomplete');

  await page.getByRole('button', { name: '归入证件复印件' }).click();
  const form = page.getByRole('dialog');
  await expect(form.getByLabel('名称')).toHaveValue('证件复印件');
  await form.locator('input[type=file]').setInputFiles({
    name: 'card.png',
    mimeType: 'image/png',
    buffer: Buffer.from(PIXEL, 'base64'),
  });
  await expect(form.locator('.files-kept img')).toBeVisible();
  await look('house-file-item');
  await form.getByRole('button', { name: '提交' }).click();
  await expect(page.getByText('已归入', { exact: true })).toBeVisible();
  await expect(page.locator('.ow-items img')).toBeVisible();
  for (const kind of ['交房资料', '合同', '收费协议']) {
    await page.getByRole('button', { name: `归入${kind}` }).click();
    await expect(form.getByLabel('名称')).toHaveValue(kind);
    await form.getByRole('button', { name: '提交' }).click();
    await expect(form).toHaveCount(0);
  }
  await expect(state(page)).toHaveText('齐全');
  await act(page, '变更存放位置');
  await form.getByLabel('存放位置').fill('档案室 3 柜');
  await send(page);
  await expect(page.getByText('档案室 3 柜').first()).toBeVisible();
  await look('house-file-complete');
  await page.getByRole('button', { name: '作废' }).first().click();
  await form.getByLabel('理由').fill('错件');
  await form.getByRole('button', { name: '作废' }).click();
  await expect(state(page)).toHaveText('不齐全');
  await expect(page.getByText('错件').first()).toBeVisible();

  // The list of gaps has it, with what it lacks; the rate stands above.
  await page.goto(`/house-files?state=incomplete&house_id=${home.id}`);
  await expect(page.locator('[data-row]').first()).toContainText('不齐全');
  await expect(page.getByText('档案齐全率')).toBeVisible();
  await page.goto('/house-files?state=incomplete');
  await look('house-files');
  await page.goto(`/house-files/${file.id}`);
  await act(page, '归档');
  await form.getByLabel('理由').fill('拆迁');
  await form.getByRole('button', { name: '归档' }).click();
  await expect(state(page)).toHaveText('已归档');
  await expect(page.getByRole('button', { name: /^归入/ })).toHaveCount(0);
  await speak('en');
  await expect(state(page)).toHaveText('Archived');
  await look('house-file-en');
});

test('a file is consulted by request, approval, hand-out and return', async ({
  page,
  recept,
  enter,
  look,
  speak,
}) => {
  const { home, file } = await owned(recept);
  const scan = await recept.upload('card.png', Buffer.from(PIXEL, 'base64'));
  await recept.post(`/house-files/${file.id}/items`, {
    kind: 'id_copy',
    title: '身份证复印件',
    file_id: scan,
  });

  await enter('tech', `/house-files/${file.id}`);
  await expect(page.getByText('扫描件含个人信息')).toBeVisible();
  await expect(page.getByText('有扫描件')).toBeVisible();
  await expect(page.getByRole('button', { name: '归档' })).toHaveCount(0);
  await act(page, '申请查阅');
  await page.getByRole('dialog').getByLabel('用途').fill('核对管线图');
  await look('consultation-form');
  await send(page);
  await expect(state(page)).toHaveText('待批准');
  const path = new URL(page.url()).pathname;
  await expect(page.getByRole('button', { name: '批准' })).toHaveCount(0);

  await enter('pubsup', '/consultations?state=requested');
  await expect(page.getByText(home.no).first()).toBeVisible();
  await look('consultations');
  await page.goto(path);
  await act(page, '批准');
  await page.getByRole('dialog').getByLabel('审批意见').fill('同意');
  await page.getByRole('dialog').getByRole('button', { name: '批准' }).click();
  await expect(state(page)).toHaveText('已批准');

  // What was approved may be read: the scan opens.
  await enter('tech', `/house-files/${file.id}`);
  await expect(page.locator('.ow-items img')).toBeVisible();

  await enter('recept', path);
  await act(page, '借出');
  await page.getByRole('dialog').getByRole('button', { name: '借出' }).click();
  await expect(state(page)).toHaveText('借出');
  await look('consultation-out');
  await speak('en');
  await expect(state(page)).toHaveText('Out');
  await look('consultation-en');
  await speak('zh-CN');
  await act(page, '收回');
  await page.getByRole('dialog').getByRole('button', { name: '收回' }).click();
  await expect(state(page)).toHaveText('已归还');
  await expect(page.getByRole('list').getByText('同意').first()).toBeVisible();

  // Back is back: the reader sees that there is a scan, and no longer the scan.
  await enter('tech', `/house-files/${file.id}`);
  await expect(page.getByText('有扫描件')).toBeVisible();
  await expect(page.locator('.ow-items img')).toHaveCount(0);
});

test('a consultation can be refused, and withdrawn by who asked', async ({
  page,
  baseURL,
  recept,
  enter,
  look,
}) => {
  const { file } = await owned(recept);
  const tech = await signedIn(baseURL ?? '', 'tech');
  const ask = { house_file_id: file.id, purpose: '好奇' };
  const refused = await tech.post<Made>('/consultations', ask);
  const dropped = await tech.post<Made>('/consultations', { ...ask, purpose: '改日再看' });
  await tech.leave();
  await enter('pubsup', `/consultations/${refused.id}`);
  await act(page, '不批准');
  await page.getByRole('dialog').getByLabel('理由').fill('与工作无关');
  await page.getByRole('dialog').getByRole('button', { name: '不批准' }).click();
  await expect(state(page)).toHaveText('未批准');
  await expect(page.getByText('与工作无关').first()).toBeVisible();
  await look('consultation-refused');
  await enter('tech', `/consultations/${dropped.id}`);
  await act(page, '撤回申请');
  await page.getByRole('dialog').getByRole('button', { name: '撤回申请' }).click();
  await expect(state(page)).toHaveText('已撤回');
  await page.goto('/consultations');
  await expect(page.getByText('这里是您自己的查阅申请。')).toBeVisible();
});

test('the registers leave as files with the words of the screen', async ({
  page,
  recept,
  enter,
}) => {
  const { home, file } = await owned(recept);
  await recept.post('/consultations', { house_file_id: file.id, purpose: '年度核对' });
  await enter('recept', `/consultations?house_file_id=${file.id}`);
  await expect(page.locator('[data-row]')).toHaveCount(1);
  await page.getByRole('button', { name: '导出' }).click();
  const waiting = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: '导出 CSV' }).click();
  const stream = await (await waiting).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  expect(text).toContain('查阅人');
  expect(text).toContain(home.no);
  expect(text).toContain(file.no);
  expect(text).toContain('客服接待员');
});
