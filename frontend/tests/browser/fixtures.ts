import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { type Caller, signedIn } from './callers';

export { expect };

interface Tools {
  /** Notes what the server refuses to a page, to be read when the test fails. */
  refusals: { watch: (page: Page) => void };
  /** Somebody else who works at the same time, through the API. */
  call: (username: string) => Promise<Caller>;
  /** Signs in as a demo account (the post code in lower case) and opens `path`. */
  enter: (username: string, path?: string) => Promise<void>;
  /** The page of another person: a browser of their own, signed in as that demo account. */
  as: (username: string, path?: string) => Promise<Page>;
  /** A stranger's page, at an address of the network that nobody else in the tests comes from. */
  stranger: () => Promise<Page>;
  /** Checks a page for accessibility and keeps a picture of it as `<project>-<name>.png`. */
  look: (name: string, of?: Page) => Promise<void>;
  /** Changes the interface's language and reloads. */
  speak: (lang: 'zh-CN' | 'en', of?: Page) => Promise<void>;
}

let password: string | undefined;

/** Signs a page in as a demo account. */
async function signIn(page: Page, username: string): Promise<void> {
  password ??= (await (await page.request.get('/api/v1/demo-accounts')).json()).password;
  const answer = await page.request.post('/api/v1/auth/login', { data: { username, password } });
  expect(answer.ok(), `login of ${username}: ${answer.status()}`).toBe(true);
}

export const test = base.extend<Tools>({
  // biome-ignore lint/correctness/noEmptyPattern: the form that Playwright asks for
  baseURL: async ({}, use) => use(process.env.WUYE_URL ?? 'http://127.0.0.1:8080'),
  page: async ({ page, refusals }, use) => {
    await dated(page);
    refusals.watch(page);
    const faults = faultsOf(page);
    await use(page);
    expect(faults, 'errors thrown in the page').toEqual([]);
  },
  refusals: async ({ baseURL: _ }, use, info) => {
    const said: string[] = [];
    await use({ watch: (page) => notedRefusals(page, said) });
    if (info.status !== info.expectedStatus && said.length > 0) {
      console.log(`the server refused:\n${said.join('\n')}`);
    }
  },
  call: async ({ baseURL }, use) => {
    const callers: Caller[] = [];
    await use(async (username) => {
      const caller = await signedIn(baseURL ?? '', username);
      callers.push(caller);
      return caller;
    });
    for (const caller of callers) await caller.leave();
  },
  enter: async ({ page }, use) => {
    await use(async (username, path = '/') => {
      await signIn(page, username);
      await page.goto(path);
    });
  },
  as: async (
    { browser, contextOptions, baseURL, viewport, hasTouch, locale, timezoneId, refusals },
    use,
  ) => {
    const own = { ...contextOptions, baseURL, viewport, hasTouch, locale, timezoneId };
    const people = new Map<string, Page>();
    const faults: string[][] = [];
    await use(async (username, path) => {
      let page = people.get(username);
      if (!page) {
        page = await (await browser.newContext(own)).newPage();
        await dated(page);
        people.set(username, page);
        refusals.watch(page);
        faults.push(faultsOf(page));
        await signIn(page, username);
      }
      if (path) await page.goto(path);
      await page.bringToFront();
      return page;
    });
    for (const page of people.values()) await page.context().close();
    expect(faults.flat(), 'errors thrown in the pages').toEqual([]);
  },
  stranger: async (
    { browser, contextOptions, baseURL, viewport, hasTouch, locale, timezoneId },
    use,
  ) => {
    const own = { ...contextOptions, baseURL, viewport, hasTouch, locale, timezoneId };
    const pages: Page[] = [];
    await use(async () => {
      // From the range for documentation: the limits of the public pages count by address.
      const part = () => Math.floor(Math.random() * 65_536).toString(16);
      const extraHTTPHeaders = { 'X-Forwarded-For': `2001:db8::${part()}:${part()}` };
      const page = await (await browser.newContext({ ...own, extraHTTPHeaders })).newPage();
      await dated(page);
      pages.push(page);
      return page;
    });
    for (const page of pages) await page.context().close();
  },
  look: async ({ page: first }, use, info) => {
    await use(async (name, page = first) => {
      await settled(page);
      await page.screenshot({ path: `test-results/screens/${info.project.name}-${name}.png` });
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
        .analyze();
      const serious = violations
        .filter((one) => one.impact === 'serious' || one.impact === 'critical')
        .map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`);
      expect(serious, `accessibility of ${name}`).toEqual([]);
    });
  },
  speak: async ({ page: first }, use) => {
    await use(async (lang, page = first) => {
      await page.evaluate((next) => localStorage.setItem('wuye.lang', next), lang);
      await page.reload();
    });
  },
});

/** When the tests are held on another day (README), the pages are on it too. */
async function dated(page: Page): Promise<void> {
  if (process.env.FAKETIME) await page.clock.setSystemTime(new Date());
}

function faultsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  return faults;
}

function notedRefusals(page: Page, said: string[]): void {
  page.on('response', (answer) => {
    if (answer.status() < 400 || !answer.url().includes('/api/')) return;
    const asked = `${answer.request().method()} ${new URL(answer.url()).pathname}`;
    answer.text().then(
      (text) => said.push(`${answer.status()} ${asked}: ${text}`),
      () => said.push(`${answer.status()} ${asked}`),
    );
  });
}

/** Waits until nothing is loading and nothing moves. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      !document.querySelector('.skeleton, [aria-busy="true"], .ant-spin-spinning') &&
      document.getAnimations().every((one) => one.playState !== 'running'),
  );
}
