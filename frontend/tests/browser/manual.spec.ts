import { thisYear } from './desk';
import { expect, test } from './fixtures';

test.describe('the manual', () => {
  test('a receptionist reads the own chapter, finds a clause and goes where it is served', async ({
    page,
    enter,
    look,
    speak,
  }) => {
    await enter('recept', '/manual');
    await expect(page.getByRole('heading', { name: '管理手册', level: 1 })).toBeVisible();
    const contents = page.getByRole('navigation', { name: '章节' });
    const folded = page.locator('.manual-nav:not([open]) > summary');
    if (await folded.isVisible()) await folded.click();
    await expect(contents.getByText('出纳员岗位职责')).toBeVisible();
    await expect(contents.getByRole('link', { name: /出纳员岗位职责/ })).toHaveCount(0);
    await contents.getByRole('link', { name: /客服接待员岗位职责/ }).click();
    await expect(page).toHaveURL(/chapter=POS-RECEPT/);
    await expect(page.getByRole('heading', { name: '客服接待员岗位职责', level: 1 })).toBeVisible();
    await look('manual-chapter');
    await page
      .getByRole('searchbox')
      .or(page.getByPlaceholder(/条款编号/))
      .first()
      .fill('投诉');
    await expect(page).toHaveURL(/q=/);
    await page.getByText('POS-RECEPT-07a').first().click();
    await expect(page).toHaveURL(/\/manual\/clauses\/POS-RECEPT-07a$/);
    await expect(page.getByRole('heading', { name: 'POS-RECEPT-07a', level: 1 })).toBeVisible();
    await look('manual-clause');
    await speak('en');
    await expect(page.getByText('Where the product serves it')).toBeVisible();
    await look('manual-clause-en');
    await speak('zh-CN');
    await page.getByLabel('办理页面').getByRole('link').first().click();
    await expect(page).not.toHaveURL(/manual/);
  });

  test('the manager sees what the book lacks, and who was bound on another day', async ({
    page,
    enter,
    look,
  }) => {
    await enter('cscmgr', '/manual?chapter=RULE-REWARD');
    await expect(page.getByText('原文缺失').last()).toBeVisible();
    await look('manual-missing');
    await page.goto('/manual/clauses/POS-RECEPT-07a');
    await page.getByLabel('查阅日期').fill('2001-05-01');
    await expect(page).toHaveURL(/on=2001-05-01/);
    await expect(page.getByText('当日无人在岗。')).toBeVisible();
  });
});

test.describe('working days', () => {
  test('the assistant enters a span, the manager confirms it', async ({
    page,
    as,
    enter,
    look,
  }, info) => {
    // What a first try has entered stays: another try takes another year.
    const free = 2031 + info.retry;
    await enter('asstmgr', '/calendar');
    await expect(page.getByRole('heading', { name: '工作日历', level: 1 })).toBeVisible();
    await look('calendar');
    for (let year = thisYear(); year < free; year++) {
      await page.getByRole('button', { name: '下一年' }).click();
    }
    await expect(page.getByText('本年度的放假安排尚未录入')).toBeVisible();
    await page.getByRole('button', { name: new RegExp(`${free}-10-01`) }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('放假', { exact: true }).click();
    await drawer.getByLabel('名称').fill('国庆节');
    await drawer.getByLabel('依据').fill('放假安排通知');
    await look('calendar-enter');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('录入的日期待确认。')).toBeVisible();
    await expect(
      page.getByRole('button', { name: new RegExp(`${free}-10-01.*国庆节`) }),
    ).toBeVisible();
    const manager = await as('cscmgr', '/calendar');
    for (let year = thisYear(); year < free; year++) {
      await manager.getByRole('button', { name: '下一年' }).click();
    }
    await manager.getByRole('button', { name: /确认$/ }).click();
    await manager.getByRole('dialog').getByRole('button', { name: '确认' }).click();
    await expect(manager.getByText('录入的日期待确认。')).toHaveCount(0);
    await look('calendar-confirmed', manager);
  });
});
