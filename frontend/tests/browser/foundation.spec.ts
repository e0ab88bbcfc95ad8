import { expect, test } from './fixtures';

type Box = { x: number; y: number; width: number; height: number };
/** Where one clicks, whatever lies on top there. */
const middle = (box: Box | null): [number, number] =>
  box ? [box.x + box.width / 2, box.y + box.height / 2] : [0, 0];

test.describe('login', () => {
  test('a wrong password is refused in words, and the page is accessible in both languages', async ({
    page,
    look,
    speak,
  }) => {
    await page.goto('/login');
    await look('login');
    await page.getByLabel('用户名').fill('recept');
    await page.getByLabel('密码', { exact: true }).fill('not-the-password');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toBeVisible();
    await speak('en');
    await expect(page.getByRole('heading', { name: 'Property service centre' })).toBeVisible();
    await look('login-en');
  });

  test('a demo account enters by one click', async ({ page }) => {
    await page.goto('/login');
    await page.getByRole('button', { name: /客服接待员.*· recept$/ }).click();
    await expect(page).not.toHaveURL(/login/);
    await expect(page.getByRole('button', { name: /账号菜单/ })).toBeVisible();
  });

  test('a stranger is led to the login and from there to where they wanted', async ({
    page,
    enter,
  }) => {
    await page.goto('/password?from=link');
    await expect(page).toHaveURL(/\/login\?next=/);
    await enter('recept', page.url());
    await expect(page).toHaveURL(/\/password\?from=link/);
  });

  test('nothing of antd is loaded before the login', async ({ page }) => {
    const scripts: string[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) scripts.push(response.url());
    });
    await page.goto('/login');
    await expect(page.getByLabel('用户名')).toBeVisible();
    expect(scripts.filter((url) => url.includes('antd'))).toEqual([]);
  });
});

test.describe('frame', () => {
  test('light, dark and English', async ({ page, enter, look, speak }) => {
    await enter('recept');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await look('home');
    await page.evaluate(() => localStorage.setItem('wuye.theme', 'dark'));
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await look('home-dark');
    await speak('en');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Good/);
    await look('home-dark-en');
  });

  test('find and shortcuts open by key and close by Escape', async ({ page, enter, look }) => {
    await enter('recept');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.keyboard.press('Control+k');
    const box = page.getByRole('combobox', { name: '找房屋、业主、电话或功能' });
    await expect(box).toBeFocused();
    await page.keyboard.type('工作台');
    await expect(page.getByRole('dialog').getByRole('option')).toHaveText(['工作台']);
    await look('search');
    await page.keyboard.press('Escape');
    await expect(box).toBeHidden();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: '键盘快捷键' })).toBeVisible();
    await look('shortcuts');
  });

  test('what a button opens closes by a second click and by Escape, which gives the focus back', async ({
    page,
    enter,
    look,
  }) => {
    await enter('recept', '/estate/houses');
    const chip = page.locator('.chip-wrap > .opening > button').first();
    const panel = page.locator('.ant-popover').first();
    await chip.click();
    await expect(panel).toBeVisible();
    await look('list-panel');
    await page.mouse.click(...middle(await chip.boundingBox()));
    await expect(panel).toBeHidden();
    await chip.press('Enter');
    await expect(panel).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await expect(chip).toBeFocused();
    await page.getByRole('button', { name: /账号菜单/ }).click();
    await expect(page.getByRole('menuitem', { name: '退出登录' })).toBeVisible();
    await look('account-menu');
    await page.mouse.click(5, 400);
    await expect(page.getByRole('menuitem', { name: '退出登录' })).toBeHidden();
  });

  test('an address is answered with a first page that names all its page needs', async ({
    page,
    enter,
  }) => {
    test.skip(
      process.env.WUYE_SPA === 'dist',
      'pages by their address are what the program serves',
    );
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.isNavigationRequest()) asked.length = 0;
      asked.push(new URL(request.url()).pathname);
    });
    await enter('recept');
    await page.goto('/estate/houses');
    await expect(page.locator('.list-rows').getByText('1-1-101').first()).toBeVisible();
    const html = await (await page.request.get('/estate/houses')).text();
    const named = new Set([...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, file]) => file));
    const needed = asked.filter((path) => path.startsWith('/assets/'));
    expect(needed.length).toBeGreaterThan(20);
    expect(needed.filter((path) => !named.has(path))).toEqual([]);
  });

  test('signing out everywhere asks before', async ({ page, enter, look }) => {
    await enter('recept');
    await page.getByRole('button', { name: /账号菜单/ }).click();
    await page.getByRole('menuitem', { name: '退出所有设备' }).click();
    const question = page.getByRole('dialog');
    await expect(question).toBeVisible();
    await look('leave-everywhere');
    await question.getByRole('button', { name: '取消' }).click();
    await expect(question).toBeHidden();
  });

  test('an unknown address says so', async ({ page, enter, look }) => {
    await enter('recept', '/no-such-page');
    await expect(page.getByRole('heading', { name: '没有找到' })).toBeVisible();
    await look('not-found');
  });

  test('signing out ends the session in every tab', async ({ page, enter, context }) => {
    await enter('recept');
    const other = await context.newPage();
    await other.goto('/');
    await expect(other.getByRole('button', { name: /账号菜单/ })).toBeVisible();
    await page.getByRole('button', { name: /账号菜单/ }).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
    await expect(page).toHaveURL(/login/);
    await expect(other).toHaveURL(/login/);
  });
});

test.describe('phone pages', () => {
  test('today, queue and me, in both languages', async ({ page, enter, look, speak }) => {
    await enter('tech', '/m');
    await expect(page.getByRole('heading', { name: '今日' })).toBeVisible();
    await look('m-today');
    await page.getByRole('link', { name: '待发送' }).click();
    await expect(page.getByRole('heading', { name: '全部已发送' })).toBeVisible();
    await look('m-queue');
    await page.getByRole('link', { name: '我的' }).click();
    await look('m-me');
    await speak('en');
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
    await look('m-me-en');
  });

  test('open without network after one visit, and say so', async ({ page, enter, context }) => {
    await enter('tech', '/m');
    await expect(page.getByRole('heading', { name: '今日' })).toBeVisible();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByText('没有网络，显示的是上次的内容')).toBeVisible();
    await expect(page.getByRole('heading', { name: '今日' })).toBeVisible();
  });
});
