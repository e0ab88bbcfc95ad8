import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures';

// What one sees goes out as a file: a post that reads a list finds its export there, and the file
// begins with the words of the trade.
test.setTimeout(120_000);

/** Who, where, the button, and a word of the file's first line. */
const lists = {
  'the service desk': [
    ['pubsup', '/disputes', '导出', '编号'],
    ['pubsup', '/visits', '导出', '编号'],
    ['pubsup', '/assistance', '导出', '编号'],
    ['pubsup', '/cases', '导出', '编号'],
    ['pubsup', '/repairs', '导出', '编号'],
    ['pubsup', '/work-orders', '导出', '工单号'],
    ['pubsup', '/resident-reports', '导出', '编号'],
    ['pubsup', '/reception-log', '导出', '编号'],
    ['pubsup', '/workload', '导出', '维修'],
  ],
  'organisation, accounts and estates': [
    ['depmgr', '/accounts', '导出账号申请', '申请'],
    ['depmgr', '/org/employees', '导出维修技能', '员工'],
    ['depmgr', '/roster', '导出班次', '名称'],
    ['depmgr', '/tasks', '导出', '编号'],
    ['depmgr', '/mornings/log', '导出', '日期'],
    ['depmgr', '/acting/pairs', '导出', '岗位'],
    ['depmgr', '/acting/duties', '导出', '职责'],
    ['depmgr', '/org/departments', '导出', '部门'],
    ['depmgr', '/org/names', '导出', '所指'],
    ['depmgr', '/estate', '导出', '年'],
    ['depmgr', '/goals', '导出', '目标'],
    ['cscmgr', '/estates', '导出', '服务标准'],
  ],
} as const;

for (const [name, rows] of Object.entries(lists)) {
  test(`the lists of ${name} give what they show as a file`, async ({ as }) => {
    for (const [post, path, button, word] of rows) {
      await test.step(path, async () => {
        const page = await as(post, path);
        const waiting = page.waitForEvent('download');
        await page.getByRole('button', { name: button, exact: true }).first().click();
        await page.getByRole('menuitem', { name: '导出 CSV' }).click();
        const file = await waiting;
        expect(file.suggestedFilename()).toMatch(/\.csv$/);
        const [head] = (await readFile(await file.path(), 'utf8')).split('\n');
        expect(head).toContain(word);
      });
    }
  });
}
