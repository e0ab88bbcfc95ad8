import type { Download, Page } from '@playwright/test';
import { act } from './desk';
import { expect, test } from './fixtures';
import { gbk, workbook } from './tables';

// Every table has names, phones and doors of its own, so that no run meets what another has left.

const digits = (n: number) => String(Math.random()).slice(2, 2 + n);
const mime = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Chooses what comes in and the file; the page of the import opens by itself. */
async function upload(page: Page, kind: string, name: string, buffer: Buffer) {
  await page.goto('/imports/new');
  await page.getByRole('radio', { name: new RegExp(`^${kind} `) }).check();
  const mimeType = name.endsWith('.csv') ? mime.csv : mime.xlsx;
  await page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
  await expect(page).toHaveURL(/\/imports\/[0-9a-f-]{36}$/);
  await expect(page.locator('h1 .pill')).toHaveText('待导入');
}

async function start(page: Page, rows: number) {
  await page.getByRole('button', { name: `导入 ${rows} 行` }).click();
  await page.getByRole('dialog').getByRole('button', { name: '开始导入' }).click();
  await expect(page.locator('h1 .pill')).toHaveText('已完成');
}

/** New, changed, unchanged, with errors. */
const counts = (page: Page) => page.locator('.im-counts dd');

test.slow();

test('a CSV in GBK: good rows go in, the bad one is told by row and column, again changes nothing', async ({
  page,
  enter,
  look,
  speak,
}) => {
  const [one, two] = [`周${digits(5)}`, `吴${digits(5)}`];
  const table = gbk(
    [
      '姓名,类别,手机,车牌',
      `${one},业主,138${digits(8)},京A`,
      `${two},租客,137${digits(8)},`,
      `郑${digits(5)},业主,12,`,
    ].join('\r\n'),
  );
  await enter('recept', '/imports');
  await page.getByRole('link', { name: '新导入' }).first().click();
  await expect(page.getByRole('heading', { name: '新导入' })).toBeVisible();
  await look('import-new');
  await upload(page, '业主与住户', '业主.csv', table);
  await expect(counts(page)).toHaveText(['2', '0', '0', '1']);
  await expect(page.getByText('CSV · GBK')).toBeVisible();
  const bad = page.getByRole('region', { name: '错误清单' }).getByRole('row').nth(1);
  await expect(bad).toContainText('4');
  await expect(bad).toContainText('联系电话');
  await expect(bad).toContainText('电话号码有误');
  await expect(page.getByText('车牌').first()).toBeVisible();
  await expect(page.getByText('不导入')).toBeVisible();
  await expect(page.getByRole('cell', { name: one })).toBeVisible();
  await look('import-ready');
  await start(page, 2);
  await expect(counts(page)).toHaveText(['2', '0', '0', '1']);
  await look('import-done');
  await speak('en');
  await expect(page.getByRole('heading', { name: 'Errors' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Errors' })).toContainText('phone number');
  await look('import-done-en');
  await speak('zh-CN');
  await page.goto(`/parties?q=${encodeURIComponent(one)}`);
  await expect(page.locator('[data-row]')).toHaveCount(1);

  await upload(page, '业主与住户', '业主.csv', table);
  await expect(counts(page)).toHaveText(['0', '0', '2', '1']);
  await expect(page.getByRole('button', { name: /^导入 \d+ 行$/ })).toHaveCount(0);
  await page.goto('/imports');
  await expect(page.locator('[data-row]', { hasText: '业主.csv' }).first()).toBeVisible();
  await look('imports');
});

test('a workbook brings houses, and another who lives there since when', async ({
  page,
  enter,
  look,
}) => {
  const block = String(100 + Math.floor(Math.random() * 899));
  const doors = [`${block}-1-101`, `${block}-1-102`];
  const name = `冯${digits(5)}`;
  await enter('recept');
  const houses = workbook([
    ['房号', '建筑面积', '用途', '状态'],
    [doors[0] ?? '', '89.57', '住宅', '自住'],
    [doors[1] ?? '', '120', '住宅', '空置'],
    ['2单元9', '很大', '住人', ''],
  ]);
  await upload(page, '房屋', '房屋.xlsx', houses);
  await expect(counts(page)).toHaveText(['2', '0', '0', '1']);
  await expect(page.getByRole('region', { name: '错误清单' })).toContainText('房号缺少栋号');
  await start(page, 2);
  await expect(page.getByText('由公共事务部主管确认后生效')).toBeVisible();
  await upload(page, '房屋', '房屋.xlsx', houses);
  await expect(counts(page)).toHaveText(['0', '0', '2', '1']);

  await upload(
    page,
    '业主与住户',
    '住户.csv',
    Buffer.from(`姓名,类别,联系电话\n${name},业主,136${digits(8)}\n`),
  );
  await expect(page.getByText('CSV · UTF-8')).toBeVisible();
  await start(page, 1);
  const moves = workbook([
    ['房号', '姓名', '关系', '起始日', '截止日'],
    [doors[0] ?? '', name, '业主', '2024-06-01', ''],
    [doors[1] ?? '', name, '业主', '2024-06-01', '2024-05-01'],
  ]);
  await upload(page, '入住关系', '入住.xlsx', moves);
  await expect(counts(page)).toHaveText(['1', '0', '0', '1']);
  await expect(page.getByRole('region', { name: '错误清单' })).toContainText('截止日早于起始日');
  await start(page, 1);
  await upload(page, '入住关系', '入住.xlsx', moves);
  await expect(counts(page)).toHaveText(['0', '0', '1', '1']);
  await page.goto(`/occupancies?q=${doors[0]}`);
  await expect(page.locator('[data-row]')).toHaveCount(1);
  await expect(page.getByText(name)).toBeVisible();
  await look('import-occupancies');
});

test('what is no table is refused in words, and a checked import can be given up', async ({
  page,
  enter,
  look,
}) => {
  await enter('recept', '/imports/new?kind=parties');
  const file = page.locator('input[type=file]');
  await file.setInputFiles({
    name: '照片.csv',
    mimeType: mime.csv,
    buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1]),
  });
  await expect(page.getByRole('alert')).toContainText('文件没有收下');
  await file.setInputFiles({
    name: '缺列.csv',
    mimeType: mime.csv,
    buffer: Buffer.from('电话\n13800000000\n'),
  });
  await expect(page.getByRole('alert')).toContainText('姓名');
  await look('import-refused');

  await upload(
    page,
    '业主与住户',
    '取消.csv',
    Buffer.from(`姓名,联系电话\n陈${digits(5)},135${digits(8)}\n`),
  );
  await act(page, '取消导入');
  await page.getByRole('dialog').getByRole('button', { name: '取消导入' }).click();
  await expect(page.locator('h1 .pill')).toHaveText('已取消');
  await expect(page.getByRole('button', { name: /^导入 \d+ 行$/ })).toHaveCount(0);
});

test('templates and the list of errors come as files', async ({ page, enter }) => {
  await enter('recept', '/imports/new?kind=parties');
  let waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载 Excel 模板' }).click();
  expect((await waiting).suggestedFilename()).toMatch(/\.xlsx$/);
  waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载 CSV 模板' }).click();
  const template = await textOf(await waiting);
  expect(template).toContain('姓名');

  await upload(page, '业主与住户', '错.csv', Buffer.from('姓名,联系电话\n褚一,12\n'));
  waiting = page.waitForEvent('download');
  await act(page, '下载错误清单（CSV）');
  const errors = await textOf(await waiting);
  expect(errors).toContain('联系电话');
  expect(errors).toContain('电话号码有误');
});

test('thousands of rows: the page tells how far the import is', async ({ page, enter, look }) => {
  const rows = Array.from({ length: 6000 }, (_, i) => `卫${i},13${digits(9)}`);
  const table = Buffer.from(`姓名,联系电话\n${rows.join('\n')}\n`);
  await enter('recept', '/imports/new?kind=parties');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '大表.csv', mimeType: mime.csv, buffer: table });
  await expect(page.getByRole('progressbar').first()).toBeVisible();
  await expect(page.locator('h1 .pill')).toHaveText('待导入', { timeout: 60_000 });
  await page.getByRole('button', { name: /^导入 [\d,]+ 行$/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: '开始导入' }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  await expect(page.locator('h1 .pill')).toHaveText('已完成', { timeout: 120_000 });
  await look('import-large');
});

async function textOf(file: Download): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
