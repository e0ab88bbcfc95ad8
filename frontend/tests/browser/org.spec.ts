import type { APIRequestContext, Page } from '@playwright/test';
import { today } from './desk';
import { expect } from './fixtures';
import { ADMIN, setUp as test } from './fresh';

// The administrator sets up an organisation from nothing, as on a first day.
// Many looks in one test, each with its accessibility check.
test.describe.configure({ mode: 'serial', timeout: 180_000 });

test.describe('organisation', () => {
  test('the chart of the manual stands from the first day, with vacancies, and prints', async ({
    page,
    look,
    speak,
  }) => {
    await signIn(page, '/org');
    await expect(page.getByRole('heading', { name: '组织架构图' })).toBeVisible();
    const chart = page.getByRole('list', { name: '组织架构图' });
    await expect(chart.getByText('客户服务中心经理', { exact: true })).toBeVisible();
    await expect(chart.getByText('空缺').first()).toBeVisible();
    await expect(page.getByRole('heading', { name: '跨线关系' })).toBeVisible();
    await look('org-chart-vacant');
    await page.getByText('手册架构图').click();
    await expect(page.getByRole('columnheader', { name: '由何岗位负责' })).toBeVisible();
    await look('org-boxes');
    await page.getByText('汇报线', { exact: true }).click();
    await page.getByRole('button', { name: '打印' }).click();
    await expect(page.getByRole('heading', { name: '翠湖花园 组织架构图' })).toBeVisible();
    await look('org-chart-paper');
    await page.getByRole('button', { name: '返回' }).click();
    await speak('en');
    await expect(page.getByRole('heading', { name: 'Organisation chart' })).toBeVisible();
    await look('org-chart-en');
  });

  test('posts show establishment and actual, and take a number', async ({ page, look }) => {
    await signIn(page, '/org/posts');
    await expect(page.getByText('空缺率')).toBeVisible();
    await look('org-posts');
    await page.getByText('客服接待员', { exact: true }).first().click();
    await page.getByRole('dialog').getByLabel('编制').fill('2');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('缺 2 人')).toBeVisible();
  });

  test('a person is entered, hired, proposed for a post and stands on the chart', async ({
    page,
    look,
    speak,
  }) => {
    await signIn(page, '/org/employees');
    await expect(page.getByText('还没有员工')).toBeVisible();
    await look('employees-empty');
    const { id } = await post<{ id: string }>(page.request, '/employees', {
      name: '李静',
      phone: '13800001234',
    });
    await page.goto(`/org/employees/${id}`);
    await page.getByRole('button', { name: '试用录用' }).click();
    await page.getByLabel('理由').fill('面试合格');
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('h1 .pill')).toHaveText('试用');
    await look('employee');
    const { items } = await get<{ items: { id: string; name: string }[] }>(
      page.request,
      '/employees',
    );
    expect(items.map((one) => one.name)).toEqual(['李静']);
    await hold(page.request, id, 'RECEPT');
    await page.reload();
    await expect(page.getByText('客服接待员').first()).toBeVisible();
    await expect(page.getByRole('heading', { name: '汇报线' })).toBeVisible();
    await look('employee-with-post');
    await page.goto('/org/assignments');
    await page.getByText('李静').first().click();
    await expect(page.getByRole('dialog').getByText('已批准')).toBeVisible();
    await look('assignment');
    await page.goto('/org');
    await expect(page.getByRole('link', { name: '李静' })).toBeVisible();
    await speak('en');
    await page.goto('/org/employees');
    await expect(page.getByText('李静')).toBeVisible();
    await look('employees-en');
  });

  test('an edge that would close a circle is refused in its place', async ({ page, look }) => {
    await signIn(page, '/org/edges');
    await page.getByRole('button', { name: '新建汇报关系' }).click();
    await choose(page, '下级岗位', '客户服务中心经理');
    await choose(page, '上级岗位', '客服接待员');
    await page.keyboard.press('Control+Enter');
    await expect(
      page.getByRole('dialog').locator('.ant-form-item-explain-error, [role=alert]').first(),
    ).toBeVisible();
    await look('edge-circle');
  });

  test('shifts are painted on the week by key and by click; absences and acting have pages', async ({
    page,
    look,
    speak,
  }) => {
    await signIn(page, '/roster');
    // Hired today: this week has days before that.
    await page.getByRole('button', { name: '下一周' }).click();
    await page
      .getByRole('button', { name: /早班|白班|日班/ })
      .first()
      .click();
    const cells = page.locator('[data-cell]');
    await cells.first().click();
    await expect(cells.first().locator('.roster-shift')).toBeVisible();
    await cells.nth(1).focus();
    await page.keyboard.press('2');
    await expect(cells.nth(1).locator('.roster-shift')).toBeVisible();
    await look('roster');
    await cells.first().focus();
    await page.keyboard.press('0');
    await expect(cells.first().locator('.roster-shift')).toHaveCount(0);
    await speak('en');
    await expect(page.getByRole('heading', { name: 'Roster' })).toBeVisible();
    await look('roster-en');
    await speak('zh-CN');
    await page.goto('/absences');
    await expect(page.getByText('还没有请假')).toBeVisible();
    await look('absences');
    await page.goto('/acting');
    await expect(page.getByText('还没有代职')).toBeVisible();
    await look('acting');
    await page.goto('/accounts');
    await expect(page.getByRole('heading', { name: '账号', exact: true })).toBeVisible();
    await look('accounts');
  });
});

async function token(request: APIRequestContext): Promise<string> {
  const answer = await request.post('/api/v1/auth/login', {
    data: ADMIN,
  });
  expect(answer.ok(), `login: ${answer.status()}`).toBe(true);
  return (await answer.json()).access_token;
}

async function signIn(page: Page, path: string): Promise<void> {
  await token(page.request);
  await page.goto(path);
}

async function get<T>(request: APIRequestContext, path: string): Promise<T> {
  const answer = await request.get(`/api/v1${path}`, {
    headers: { Authorization: `Bearer ${await token(request)}` },
  });
  expect(answer.ok(), `${path}: ${answer.status()}`).toBe(true);
  return answer.json();
}

async function post<T>(request: APIRequestContext, path: string, data: object): Promise<T> {
  const answer = await request.post(`/api/v1${path}`, {
    headers: { Authorization: `Bearer ${await token(request)}` },
    data,
  });
  expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return answer.json();
}

/** Puts a person into a post, as the administrator may while there is nobody to decide. */
async function hold(request: APIRequestContext, employee: string, code: string): Promise<void> {
  const me = await get<{ estates: { id: string }[] }>(request, '/me');
  const made = await post<{ id: string }>(request, '/assignments', {
    employee_id: employee,
    post: code,
    estate_id: me.estates[0]?.id,
    kind: 'primary',
    valid_from: today(),
  });
  await post(request, `/assignments/${made.id}/approve`, {});
}

/** Chooses in one of antd's selects by its label. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label).click();
  await page.keyboard.type(option);
  await page.locator('.ant-select-item-option', { hasText: option }).first().click();
}
