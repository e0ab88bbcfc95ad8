import { type APIRequestContext, expect, type Page } from '@playwright/test';

/** What one test writes, so that it finds its own records among those of the others. */
export const unique = (text: string) =>
  `${text} ${Date.now().toString(36)}${Math.floor(Math.random() * 1296).toString(36)}`;

/** The day at the estate, `2026-11-27`, wherever the tests run. */
export const today = () =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());

/** The year at the estate. */
export const thisYear = () => Number(today().slice(0, 4));

/** An action of a record page: a button on the desk, in the menu of others where room is short. */
export async function act(page: Page, name: string): Promise<void> {
  const button = page.locator('.record-actions').getByRole('button', { name, exact: true });
  const others = page.getByRole('button', { name: '其他操作' });
  await expect(button.or(others).first()).toBeVisible();
  if (await button.isVisible()) return button.click();
  await others.click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

/** Answers the window that asks once more, with a reason where it wants one. */
export async function confirm(page: Page, button: string, reason?: string): Promise<void> {
  const window = page
    .locator('.ant-modal')
    .filter({ has: page.getByRole('button', { name: '取消' }) });
  if (reason) await window.getByRole('textbox').fill(reason);
  await window.getByRole('button', { name: button, exact: true }).click();
  await expect(window).toBeHidden();
}

/** Sends the form in the drawer and waits until it was accepted. */
export async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: '提交', exact: true }).click();
  // While it is on its way, its name begins with that of the sign that turns.
  await expect(page.getByRole('button', { name: /^(?:loading )?提交$/ })).toHaveCount(0);
}

/** Chooses somebody or a house by typing into a field that finds. */
export async function find(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('combobox', { name: new RegExp(`^${label}`) }).fill(text);
  await page.getByRole('option').filter({ hasText: text }).first().click();
}

/** The state word beside the title. */
export const state = (page: Page) => page.locator('h1 .pill');

const tokens = new Map<string, { value: string; until: number }>();

/** An access token of a demo account, kept while it lives. */
async function token(request: APIRequestContext, username: string): Promise<string> {
  const known = tokens.get(username);
  if (known && known.until > Date.now()) return known.value;
  const { password } = await (await request.get('/api/v1/demo-accounts')).json();
  const answer = await request.post('/api/v1/auth/login', { data: { username, password } });
  expect(answer.ok(), `login of ${username}: ${answer.status()}`).toBe(true);
  const { access_token, expires_in } = await answer.json();
  tokens.set(username, { value: access_token, until: Date.now() + expires_in * 500 });
  return access_token;
}

/** Reads over the API, as a third party would. */
export async function read<T>(request: APIRequestContext, as: string, path: string): Promise<T> {
  const headers = { Authorization: `Bearer ${await token(request, as)}` };
  const answer = await request.get(`/api/v1${path}`, { headers });
  expect(answer.ok(), `${path}: ${answer.status()}`).toBe(true);
  return answer.json();
}

/** Does over the API what a test needs and does not test. */
export async function write<T>(
  request: APIRequestContext,
  as: string,
  path: string,
  data: object,
): Promise<T> {
  const headers = { Authorization: `Bearer ${await token(request, as)}` };
  const answer = await request.post(`/api/v1${path}`, { headers, data });
  expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return answer.json();
}

/** The account of a colleague, by the name that the screen shows. */
export async function accountOf(request: APIRequestContext, name: string): Promise<string> {
  const { accounts } = await (await request.get('/api/v1/demo-accounts')).json();
  const found = accounts.find((one: { name: string }) => one.name === name);
  expect(found, `an account of ${name}`).toBeTruthy();
  return found.username;
}
