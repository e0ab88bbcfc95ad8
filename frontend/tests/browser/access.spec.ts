import type { Page } from '@playwright/test';
import { expect } from './fixtures';
import { ADMIN, setupCode, untouched as test } from './fresh';
import { totp } from './totp';

// Everything here is the administrator's, from the first start on.
test.describe.configure({ mode: 'serial', timeout: 120_000 });

test.describe('administrator', () => {
  test('first start: the code of the console makes administrator and estate', async ({
    page,
    look,
    speak,
    server,
  }) => {
    const scripts: string[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) scripts.push(response.url());
    });
    await page.goto('/login');
    await expect(page).toHaveURL(/\/setup$/);
    await expect(page.getByLabel('设置码')).toBeFocused();
    expect(scripts.filter((url) => url.includes('antd'))).toEqual([]);
    await look('setup');
    await speak('en');
    await expect(page.getByRole('heading', { name: 'First start' })).toBeVisible();
    await look('setup-en');
    await speak('zh-CN');
    await page.getByLabel('设置码').fill('NOT-THE-CODE');
    await page.getByLabel('管理员用户名').fill('admin');
    await page.getByLabel('密码', { exact: true }).fill(ADMIN.password);
    await page.getByLabel('再输一次密码').fill('another-password');
    await page.getByLabel('第一个小区的名称').fill('翠湖花园');
    await page.keyboard.press('Enter');
    await expect(page.getByText('两次输入的密码不一样')).toBeVisible();
    await page.getByLabel('再输一次密码').fill(ADMIN.password);
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('设置码')).toHaveAttribute('aria-invalid', 'true');
    await page.getByLabel('设置码').fill(setupCode(server));
    await page.keyboard.press('Enter');
    await expect(page.getByText('启用后才能使用其他功能')).toBeVisible();
    await expect(page).toHaveURL(/\/account$/);
    await page.goto('/setup');
    await expect(page.getByText('系统已经设置过')).toBeVisible();
  });

  test('one-time codes: set up by QR code, asked at login, switched off by password', async ({
    page,
    look,
    speak,
  }) => {
    await signIn(page, '/account');
    await expect(page.getByRole('heading', { name: '动态验证码' })).toBeVisible();
    await look('account');
    await page.getByRole('button', { name: '启用动态验证码' }).click();
    await expect(page.getByRole('img', { name: '动态验证码的二维码' })).toBeVisible();
    const secret = ((await page.locator('.totp-secret').textContent()) ?? '').replace(/\s/g, '');
    await look('totp-setup');
    await page.getByLabel('验证码', { exact: true }).fill('000000');
    await page.getByRole('button', { name: '确认启用' }).click();
    await expect(
      page.getByRole('dialog').locator('.ant-form-item-explain, [role=alert]').first(),
    ).toBeVisible();
    await page.getByLabel('验证码', { exact: true }).fill(totp(secret));
    await page.getByRole('button', { name: '确认启用' }).click();
    await expect(page.getByText('已启用')).toBeVisible();
    const codes = await page.locator('.recovery code').allTextContents();
    expect(codes.length).toBeGreaterThanOrEqual(8);
    await look('recovery-codes');
    await page.getByRole('button', { name: '打印恢复码' }).click();
    await expect(page.getByRole('heading', { name: '动态验证码恢复码' })).toBeVisible();
    await look('recovery-paper');
    await page.getByRole('button', { name: '返回' }).click();
    await page.getByRole('button', { name: '已保存，完成' }).click();
    await expect(page.getByRole('heading', { level: 1, name: /admin/ })).toBeVisible();
    await expect(page.getByText('从这里开始')).toBeVisible();
    await look('home-first');
    await page.getByRole('link', { name: '登记员工' }).click();
    await expect(page.getByText('还没有员工')).toBeVisible();

    await page.context().clearCookies();
    await page.goto('/login');
    await page.getByLabel('用户名').fill('admin');
    await page.getByLabel('密码', { exact: true }).fill(ADMIN.password);
    await page.keyboard.press('Enter');
    await page.getByLabel('动态验证码').fill(codes[0] ?? '');
    await page.keyboard.press('Enter');
    await expect(page).not.toHaveURL(/login/);
    await page.goto('/settings');
    await page.getByLabel('按名称查找参数').fill('动态验证码');
    await page.getByRole('button', { name: /^修改: 管理员与标明的岗位/ }).click();
    await page.getByRole('dialog').getByLabel('否').check();
    await page.getByLabel('修改理由').fill('试用');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.goto('/account');
    await page.getByRole('button', { name: '停用' }).click();
    await page.getByLabel('当前密码').fill(ADMIN.password);
    await page.getByRole('dialog').getByRole('button', { name: '停用' }).click();
    await expect(page.getByText('未启用')).toBeVisible();
    await speak('en');
    await expect(page.getByRole('heading', { name: 'My account' })).toBeVisible();
    await look('account-en');
  });

  test('a token is narrowed, shown once, works, and ends when taken back', async ({
    page,
    look,
    request,
    server,
  }) => {
    await signIn(page, '/account');
    await page.getByRole('button', { name: '新建令牌' }).click();
    await page.getByLabel('用途').fill('月报导出脚本');
    await page.getByLabel('按名称查找权限').fill('参数');
    await page.getByLabel('查看参数').check();
    await look('token-new');
    await page.keyboard.press('Control+Enter');
    const dialog = page.getByRole('dialog', { name: '令牌已建立' });
    const token = (await dialog.locator('code').textContent()) ?? '';
    await look('token-made');
    await dialog.getByRole('button', { name: '已保存，关闭' }).click();
    const asks = (path: string) =>
      request.get(server.url + path, { headers: { Authorization: `Bearer ${token}` } });
    expect((await asks('/api/v1/settings')).status()).toBe(200);
    expect((await asks('/api/v1/audit')).status()).toBe(403);
    await expect(page.getByText('月报导出脚本')).toBeVisible();
    await expect(page.getByText(token)).toHaveCount(0);
    await page.getByRole('button', { name: '收回' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '收回' }).click();
    await expect(page.getByText('已收回', { exact: true })).toBeVisible();
    expect((await asks('/api/v1/settings')).status()).toBe(401);
  });

  test('a setting is changed within its limits and with a reason, and the audit shows it', async ({
    page,
    look,
    speak,
  }) => {
    await signIn(page, '/settings');
    await page.getByLabel('按名称查找参数').fill('派工');
    await page.getByRole('button', { name: '修改: 接报后派工时限' }).click();
    await page.getByLabel('新的值').fill('45');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('请填写修改理由')).toBeVisible();
    await page.getByLabel('修改理由').fill('夜间人手不足');
    await look('setting-change');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('45 分钟')).toBeVisible();
    await page.getByLabel('按名称查找参数').fill('');
    await look('settings');
    await speak('en');
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    await look('settings-en');
    await speak('zh-CN');
    await page.goto('/audit');
    await page.getByText('参数 · 修改').first().click();
    await expect(page.getByRole('dialog').getByText('夜间人手不足')).toBeVisible();
    await look('audit-line');
    await page.keyboard.press('Escape');
    await look('audit');
  });

  test('another system gets an account with few rights, a token, and an end', async ({
    page,
    look,
  }) => {
    await signIn(page, '/services');
    await expect(page.getByText('还没有接口账号')).toBeVisible();
    await look('services-empty');
    await page.getByRole('button', { name: '新建接口账号' }).click();
    await page.getByLabel('名称', { exact: true }).fill('门禁系统');
    await page.getByLabel('用户名').fill('gate');
    await page.getByLabel('用途').fill('读取住户出入权限');
    await page.getByLabel('查看小区资料').check();
    await look('service-new');
    await page.keyboard.press('Control+Enter');
    const drawer = page.getByRole('dialog', { name: '门禁系统' });
    await expect(drawer.getByText('查看小区资料')).toBeVisible();
    await drawer.getByRole('button', { name: '发令牌' }).click();
    await page.getByLabel('用途').fill('一号门');
    await page
      .getByRole('dialog', { name: /发令牌/ })
      .getByLabel('查看小区资料')
      .check();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: '已保存，关闭' }).click();
    await drawer.getByRole('button', { name: '停用' }).click();
    const window = page.getByRole('dialog', { name: /停用“门禁系统”/ });
    await window.getByLabel('理由').fill('合同到期');
    await window.getByRole('button', { name: '停用' }).click();
    await expect(page.locator('.pill', { hasText: '停用' })).toBeVisible();
    await look('services');
  });
});

async function signIn(page: Page, path: string): Promise<void> {
  const answer = await page.request.post('/api/v1/auth/login', {
    data: ADMIN,
  });
  expect(answer.ok(), `login: ${answer.status()}`).toBe(true);
  await page.goto(path);
}
