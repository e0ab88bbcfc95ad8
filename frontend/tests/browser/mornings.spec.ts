import type { Page } from '@playwright/test';
import { read, unique } from './desk';
import { expect, test } from './fixtures';

// A morning up the line: the desk and a technician report to the supervisor, who hears both, gives a
// task and reports to the deputy manager, who hears it and has it on paper by one click.
test.setTimeout(180_000);

interface Morning {
  to_give: { id: string; from_post: string; state: string }[];
  to_hear: { id: string; from_post: string; state: string }[];
}

/** The briefing to give; begun by hand where the day owes none. */
async function given(page: Page): Promise<void> {
  const report = page.getByRole('button', { name: '汇报', exact: true });
  const begin = page.getByRole('button', { name: '自行汇报' });
  await expect(report.or(begin).first()).toBeVisible();
  if (await begin.isVisible()) await begin.click();
  await expect(report).toBeVisible();
}

test('PROC-DEPMGR-5.1: a morning goes up the line from desk and technician to the deputy manager', async ({
  as,
  look,
  speak,
  request,
}) => {
  const said = unique('水泵异响，申请停机检修');

  await test.step('the desk reports with remarks', async () => {
    const desk = await as('recept', '/mornings');
    await given(desk);
    await desk.getByLabel('补充说明').fill('昨日来访较多');
    await look('morning-give', desk);
    await desk.getByRole('button', { name: '汇报', exact: true }).click();
    await expect(desk.locator('.briefing .pill').first()).toHaveText('已汇报');
  });

  await test.step('a technician reports a point that wants a decision', async () => {
    const phone = await as('tech', '/mornings');
    await given(phone);
    await phone.getByRole('button', { name: '添加事项' }).click();
    await phone.getByRole('textbox', { name: '事项 1' }).fill(said);
    await phone.getByLabel('事项 1 需要').selectOption('decision');
    await phone.getByRole('button', { name: '汇报', exact: true }).click();
    await expect(phone.locator('.briefing .pill').first()).toHaveText('已汇报');
    await phone.goto('/m/morning');
    await expect(phone.getByText(said)).toBeVisible();
    await look('m-morning', phone);
  });

  await test.step('the supervisor hears both, answers, and makes the point a task', async () => {
    const { to_hear } = await read<Morning>(request, 'pubsup', '/me/briefings');
    const told = to_hear.filter((one) => one.state === 'reported');
    expect(new Set(told.map((one) => one.from_post))).toEqual(new Set(['RECEPT', 'TECH']));
    const chief = await as('pubsup', '/mornings');
    const { employee } = await read<{ employee: { name: string } }>(request, 'tech', '/me');
    const pairs = chief.locator('.briefing-pairs');
    await pairs.getByRole('button', { name: employee.name }).click();
    await expect(chief.getByText(said)).toBeVisible();
    await chief.getByLabel('对事项 1 的答复').fill('同意，下午两点停机');
    await chief.getByRole('button', { name: '转为任务' }).click();
    await expect(chief.getByRole('dialog').getByLabel('任务', { exact: true })).toHaveValue(said);
    await chief.keyboard.press('Escape');
    await look('morning-hear', chief);
    await chief.getByRole('button', { name: '听取', exact: true }).click();
    const desk = await read<{ employee: { name: string } }>(request, 'recept', '/me');
    await pairs.getByRole('button', { name: desk.employee.name }).click();
    await chief.getByRole('button', { name: '听取', exact: true }).click();
    await expect(pairs.locator('.pill', { hasText: '已听取' })).toHaveCount(2);
    await given(chief);
    await chief.getByRole('button', { name: '汇报', exact: true }).click();
    await expect(chief.locator('.briefing .pill').first()).toHaveText('已汇报');
  });

  await test.step('the deputy manager hears the supervisor and prints the morning by one click', async () => {
    const deputy = await as('depmgr', '/mornings');
    await deputy.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', 'yes');
    });
    await deputy.locator('.briefing-pairs').getByText('已汇报').first().click();
    await deputy.getByRole('button', { name: '听取', exact: true }).click();
    await expect(
      deputy.locator('.briefing-pairs .pill', { hasText: '已听取' }).first(),
    ).toBeVisible();
    await deputy.getByRole('button', { name: '打印', exact: true }).click();
    await expect(deputy.locator('body')).toHaveAttribute('data-printed', 'yes');
    await expect(deputy.locator('.paper h1')).toContainText('每日汇报');
    await expect(deputy.locator('.paper .signatures').first()).toBeVisible();
    await look('morning-paper', deputy);
  });

  await test.step('log and statistics, in both languages', async () => {
    const deputy = await as('depmgr', '/mornings/log');
    await expect(deputy.getByText('已听取').first()).toBeVisible();
    await look('morning-log', deputy);
    await deputy.goto('/mornings/statistics');
    await expect(deputy.getByText('汇报落实率').first()).toBeVisible();
    await look('morning-statistics', deputy);
    await speak('en', deputy);
    await expect(deputy.getByText('Held of those due').first()).toBeVisible();
  });
});
