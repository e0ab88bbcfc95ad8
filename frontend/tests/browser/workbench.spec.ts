import type { Page } from '@playwright/test';
import { read, state, unique, write } from './desk';
import { expect, test } from './fixtures';

// The first screen of each post: what waits for it, the late first, one tap from where it is done.
test.setTimeout(90_000);

test('RECEPT: the caret stands in the intake box, and what others report appears by itself', async ({
  page,
  enter,
  call,
  look,
}) => {
  const said = unique('单元门关不上');
  await enter('recept');
  const house = page.getByRole('combobox', { name: '房屋', exact: true });
  await expect(house).toBeFocused();
  await expect(work(page)).toBeVisible();
  await look('workbench-recept');

  await test.step('a report without a place is refused, and its text stays', async () => {
    const text = page.getByLabel('什么坏了？按 Enter 登记');
    await text.fill(said);
    await text.press('Enter');
    await expect(page.getByRole('alert')).toContainText('请写明地点');
    await expect(text).toHaveValue(said);
    await text.fill('');
  });

  await test.step('a guard reports, and the list shows it without a reload', async () => {
    const guard = await call('guard');
    await guard.post('/repair-requests', { text: said, place_text: '3栋南门', urgency: 'urgent' });
    await expect(chip(page, '待派工')).toBeVisible();
    await chip(page, '待派工').click();
    await expect(page).toHaveURL(/only=requests_to_dispatch/);
    const row = work(page).getByRole('link').filter({ hasText: said });
    await expect(row).toContainText('派工');
    await expect(row.getByText('急', { exact: true })).toBeVisible();
    await row.click();
    await expect(page).toHaveURL(/\/repairs\/\w/);
    await expect(page.locator('.sd-ranking li').first()).toBeVisible(); // the next act is at hand
  });
});

test('each post begins with what it is there for', async ({ as, look }) => {
  const first = (page: Page) => page.locator('.home h2').first();
  for (const manager of ['gm', 'cscmgr', 'depmgr', 'asstmgr']) {
    const page = await as(manager, '/');
    await expect(first(page), manager).toContainText('年度目标');
    await expect(page.locator('.goal-tile'), manager).toHaveCount(5);
    await expect(page.getByRole('combobox', { name: '房屋', exact: true })).toHaveCount(0);
  }
  const manager = await as('cscmgr', '/');
  await expect(work(manager)).toBeVisible();
  await look('workbench-cscmgr', manager);
  const chief = await as('pubsup', '/');
  await expect(first(chief)).toHaveText('等您办理');
  await expect(chief.locator('.goal-tile')).toHaveCount(5); // after what waits
  await look('workbench-pubsup', chief);
  const cashier = await as('cashier', '/');
  await expect(cashier.getByText('现在没有等您办的事')).toBeVisible();
  await expect(cashier.getByText('会自动出现在这里')).toBeVisible();
  await expect(cashier.locator('.goal-tile')).toHaveCount(0);
  await cashier.getByText('全部功能').click();
  const tiles = cashier.locator('.home-tiles');
  await expect(tiles.getByRole('link', { name: '房屋', exact: true })).toBeVisible();
  await expect(tiles.getByRole('link', { name: '公开报事' })).toHaveCount(0); // not this post's
  await look('workbench-cashier', cashier);
});

test('PUBSUP: late first, then decisions, then by deadline; a count leads to just its rows and back', async ({
  page,
  enter,
  look,
  speak,
  request,
}) => {
  const subject = unique('邻里噪音纠纷');
  const { id } = await write<{ id: string }>(request, 'recept', '/disputes', {
    kind: 'owner_owner',
    subject,
    parties: [
      { side: 'applicant', role: 'owner', name: '楼下' },
      { side: 'respondent', role: 'owner', name: '楼上' },
    ],
  });
  await enter('pubsup');
  await expect(chip(page, '纠纷待指派')).toBeVisible();
  const heads = await work(page).locator('h3').allTextContents();
  const order = ['已超期', '待您审批', '今天到期', '以后到期', '没有期限'];
  const found = heads.map((head) => order.findIndex((word) => head.startsWith(word)));
  expect(found).toEqual([...found].sort((a, b) => a - b));
  expect(found).not.toContain(-1);

  // Others work meanwhile: what is compared is read until it is of one moment.
  await expect(async () => {
    const { counts } = await read<{ counts: { kind: string; count: number }[] }>(
      request,
      'pubsup',
      '/me/workbench',
    );
    const waiting = counts.find((one) => one.kind === 'reports_to_triage')?.count;
    const reports = kinds(page).getByRole('link');
    await expect(reports.filter({ hasText: /公开报事/ })).toContainText(String(waiting), {
      timeout: 3_000,
    });
  }).toPass();

  await chip(page, '纠纷待指派').click();
  await expect(chip(page, '纠纷待指派')).toHaveAttribute('aria-current', 'true');
  const rows = work(page).locator('[data-work]');
  await expect(rows.filter({ hasText: subject })).toBeVisible();
  await expect(rows.filter({ hasNotText: '纠纷待指派' })).toHaveCount(0);
  await expect(async () => {
    const shown = await work(page).locator('h3 .num').allTextContents();
    await expect(chip(page, '纠纷待指派').locator('b')).toHaveText(
      String(shown.reduce((sum, n) => sum + Number(n), 0)),
      { timeout: 1_000 },
    );
  }).toPass();
  await look('workbench-disputes');

  await rows.first().focus();
  for (let at = 0; !(await focusedIs(page, subject)); at++) {
    if (at > 60) throw new Error('the keys never reached the row');
    // The row under the keys may have been done by somebody else.
    if (!(await page.locator('[data-work]:focus').count())) await rows.first().focus();
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/disputes/${id}`));
  await expect(state(page)).toHaveText('已登记');
  await expect(page.getByRole('button', { name: '指派调解人' })).toBeVisible();
  await page.getByRole('button', { name: '返回' }).click();
  await expect(page).toHaveURL(/only=disputes_to_assign/);
  await chip(page, '全部').click();
  await expect(page).not.toHaveURL(/only=/);

  await speak('en');
  await expect(page.getByRole('heading', { name: 'Waiting for you', exact: true })).toBeVisible();
  await expect(kinds(page).getByRole('link', { name: /^Disputes to assign/ })).toBeVisible();
  await look('workbench-pubsup-en');
});

test('what somebody else has done leaves the list', async ({ page, enter, call }) => {
  const said = unique('公共走廊堆物');
  const desk = await call('recept2');
  const made = await desk.post<{ id: string }>('/cases', {
    text: said,
    kind: 'suggestion',
    channel: 'desk',
    field: 'security',
  });
  await enter('recept', '/?only=cases_to_assign');
  const row = work(page).getByRole('link').filter({ hasText: said });
  await expect(row).toBeVisible();
  const officer = await call('renoadm');
  const { employee } = await officer.get<{ employee: { id: string } }>('/me');
  await desk.post(`/cases/${made.id}/assign`, { owner_id: employee.id });
  await expect(row).toHaveCount(0);
});

test('on a phone: the same, as cards, from the first page to the record', async ({
  as,
  look,
  viewport,
  request,
}) => {
  test.skip((viewport?.width ?? 0) > 600, 'made for phone width');
  const subject = unique('楼道堆物纠纷');
  await write(request, 'recept', '/disputes', {
    kind: 'owner_owner',
    subject,
    parties: [
      { side: 'applicant', role: 'owner', name: '东户' },
      { side: 'respondent', role: 'owner', name: '西户' },
    ],
  });
  const phone = await as('pubsup', '/m');
  await expect(phone.getByRole('heading', { name: '等您办理' })).toBeVisible();
  await look('m-pubsup', phone);
  await phone.getByText(/^全部 \d+ 件/).click();
  await phone.getByRole('button', { name: /^纠纷待指派/ }).click();
  await look('m-work', phone);
  await phone.getByText(subject).click();
  await expect(phone.getByRole('button', { name: '指派调解人' })).toBeInViewport();
});

const work = (page: Page) => page.getByRole('region', { name: '等您办理' });
const kinds = (page: Page) => page.locator('.work-kinds');
const chip = (page: Page, kind: string) =>
  kinds(page).getByRole('link', { name: new RegExp(`^${kind} `) });
const focusedIs = (page: Page, text: string) =>
  page.evaluate((wanted) => document.activeElement?.textContent?.includes(wanted) ?? false, text);
