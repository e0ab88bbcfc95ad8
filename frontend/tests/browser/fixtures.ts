import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { type Caller, signedIn } from './callers';

export { expect };

interface Tools {
  /** Somebody else who works at the same time, through the API. */
  as: (username: string) => Promise<Caller>;
  /** Signs in as a demo account (the post code in lower case) and opens `path`. */
  enter: (username: string, path?: string) => Promise<void>;
  /** Checks the page for accessibility and keeps a picture of it as `<project>-<name>.png`. */
  look: (name: string) => Promise<void>;
  /** Changes the interface's language and reloads. */
  speak: (lang: 'zh-CN' | 'en') => Promise<void>;
}

let password: string | undefined;

export const test = base.extend<Tools>({
  // biome-ignore lint/correctness/noEmptyPattern: the form that Playwright asks for
  baseURL: async ({}, use) => use(process.env.WUYE_URL ?? 'http://127.0.0.1:8080'),
  page: async ({ page }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await use(page);
    expect(faults, 'errors thrown in the page').toEqual([]);
  },
  as: async ({ baseURL }, use) => {
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
      password ??= (await (await page.request.get('/api/v1/demo-accounts')).json()).password;
      const answer = await page.request.post('/api/v1/auth/login', {
        data: { username, password },
      });
      expect(answer.ok(), `login of ${username}: ${answer.status()}`).toBe(true);
      await page.goto(path);
    });
  },
  look: async ({ page }, use, info) => {
    await use(async (name) => {
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
  speak: async ({ page }, use) => {
    await use(async (lang) => {
      await page.evaluate((next) => localStorage.setItem('wuye.lang', next), lang);
      await page.reload();
    });
  },
});

/** Waits until nothing is loading and nothing moves. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      !document.querySelector('.skeleton, [aria-busy="true"], .ant-spin-spinning') &&
      document.getAnimations().every((one) => one.playState !== 'running'),
  );
}
