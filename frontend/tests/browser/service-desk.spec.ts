import type { APIRequestContext, Locator, Page } from '@playwright/test';
import { act, confirm, find, read, send, state, thisYear, today, unique, write } from './desk';
import { expect, test } from './fixtures';

// What the service desk does besides the main job: disputes, return visits, help, the day book and
// the figures, each by the post whose work it is.
test.setTimeout(120_000);

test.describe('disputes', () => {
  test('PROC-PUBSUP-5.4: written down by the desk, mediated by an officer, settled at a cost that the centre manager decides', async ({
    as,
    look,
    speak,
    request,
  }) => {
    const subject = unique('楼上漏水泡了吊顶');
    const officer = await person(request, 'renoadm');
    let address = '';

    await test.step('a wrong telephone is refused at its field, and nothing typed is lost', async () => {
      const desk = await as('recept', '/disputes');
      await desk.getByRole('button', { name: '登记纠纷' }).click();
      const form = desk.getByRole('dialog');
      await form.getByLabel('事由', { exact: true }).fill(subject);
      await find(desk, '申请方 · 房屋', '3-2-501');
      await form.getByLabel('对方 · 联系人').fill('楼上住户');
      await form.getByLabel('对方 · 电话').fill('12');
      await look('dispute-new', desk);
      await form.getByRole('button', { name: '提交' }).click();
      await expect(refusalAt(form, '对方 · 电话')).toBeVisible();
      await expect(form.getByLabel('事由', { exact: true })).toHaveValue(subject);
      await expect(form.getByRole('combobox', { name: /^申请方 · 房屋/ })).toHaveValue('3-2-501');
      await form.getByLabel('对方 · 电话').fill('13800001111');
      await send(desk);
      await expect(desk).toHaveURL(/\/disputes\/\w/);
      address = new URL(desk.url()).pathname;
      await expect(state(desk)).toHaveText('已登记');
      await expect(desk.getByText('等待公共事务主管指派调解人。')).toBeVisible();
    });

    await test.step('the supervisor gives it to an officer, to nobody else', async () => {
      const technician = await person(request, 'tech');
      const chief = await as('pubsup', address);
      await act(chief, '指派调解人');
      await find(chief, '调解人', technician.name);
      await chief.getByRole('button', { name: '提交' }).click();
      await expect(refusalAt(chief.getByRole('dialog'), '调解人')).toContainText('物管员');
      await find(chief, '调解人', officer.name);
      await send(chief);
      await expect(state(chief)).toHaveText('调解中');
      await expect(chief.getByText(officer.name).first()).toBeVisible();
    });

    await test.step('the officer notes a meeting and what was agreed', async () => {
      const page = await as('renoadm', address);
      await act(page, '记录调解');
      await page.getByLabel('内容', { exact: true }).fill('双方到场，愿意各让一步');
      await send(page);
      await expect(page.getByText('有进展')).toBeVisible();
      await act(page, '达成协议');
      await page.getByLabel('协议', { exact: true }).fill('物业承担材料费，楼上承担人工');
      await page.getByLabel(/^费用/).fill('800');
      await send(page);
      await expect(state(page)).toHaveText('已达成协议');
      await expect(page.getByText('协议费用等待客服中心经理审批。')).toBeVisible();
      await expect(page.getByRole('button', { name: '审批费用' })).toHaveCount(0);
      await expect(page.getByRole('button', { name: '办结', exact: true })).toHaveCount(0);
    });

    await test.step('the centre manager may not refuse without a reason, and approves', async () => {
      const manager = await as('cscmgr', address);
      await act(manager, '审批费用');
      const form = manager.getByRole('dialog');
      await form.getByLabel('已决定').selectOption({ label: '不批准' });
      await form.getByRole('button', { name: '提交' }).click();
      await expect(refusalAt(form, '理由')).toContainText('须说明原因');
      await form.getByLabel('已决定').selectOption({ label: '批准' });
      await send(manager);
      await expect(manager.getByText('已批准')).toBeVisible();
      await expect(manager.getByText('¥ 800.00')).toBeVisible();
    });

    await test.step('it is closed, and a return visit falls due', async () => {
      const page = await as('renoadm', address);
      await act(page, '办结');
      await confirm(page, '办结');
      await expect(state(page)).toHaveText('已办结');
      await expect(page.locator('.record-chain').getByRole('link', { name: /HF/ })).toBeVisible();
      await speak('en', page);
      await expect(state(page)).toHaveText('Closed');
      await expect(page.getByRole('heading', { name: 'Agreement' })).toBeVisible();
      await look('dispute-closed-en', page);
    });
  });

  test('POS-PUBSUP-07: what cannot be settled climbs level by level and is referred', async ({
    as,
    request,
  }) => {
    const subject = unique('车位归属争执不下');
    const { id } = await dispute(request, subject);
    const address = `/disputes/${id}`;
    await write(request, 'pubsup', `/disputes/${id}/assign`, {
      mediator_id: (await person(request, 'renoadm')).id,
    });
    const officer = await as('renoadm', address);
    await act(officer, '上报一级');
    const window = officer.locator('.ant-modal');
    await window.getByRole('button', { name: '上报一级' }).click();
    await expect(refusalAt(window, '理由')).toBeVisible(); // not without saying why
    await confirm(officer, '上报一级', '双方不肯见面');
    await expect(state(officer)).toHaveText('已报公共事务主管');
    await expect(officer.getByRole('button', { name: '达成协议' })).toHaveCount(0);

    const chief = await as('pubsup', address);
    await act(chief, '上报一级');
    await confirm(chief, '上报一级', '涉及产权，超出职权');
    const assistant = await as('asstmgr', address);
    await expect(state(assistant)).toHaveText('已报经理助理');
    await act(assistant, '转介');
    await assistant.getByLabel('转往').fill('街道调解委员会');
    await assistant.getByLabel('理由').fill('产权须由主管部门认定');
    await send(assistant);
    await expect(state(assistant)).toHaveText('已转介');
    await expect(assistant.getByText('街道调解委员会')).toBeVisible();
    await expect(assistant.getByText('双方不肯见面')).toBeVisible(); // the way so far stays
  });

  test('the register filters and says who is at it; the deputy manager reads and is offered nothing to do', async ({
    as,
    look,
    speak,
    request,
  }) => {
    const subject = unique('宠物扰民');
    const { id } = await dispute(request, subject);
    const deputy = await as('depmgr', `/disputes?state=opened&q=${encodeURIComponent(subject)}`);
    await expect(deputy.getByText(subject)).toBeVisible();
    await expect(deputy.getByText('共 1 条')).toBeVisible();
    await expect(deputy.getByText('首级调解成功率')).toBeVisible();
    await expect(deputy.getByRole('button', { name: '登记纠纷' })).toHaveCount(0);
    await look('disputes', deputy);
    await deputy.goto(`/disputes/${id}`);
    await expect(state(deputy)).toHaveText('已登记');
    await expect(deputy.locator('.record-actions').getByRole('button')).toHaveCount(0);
    await speak('en', deputy);
    await deputy.goto('/disputes');
    await expect(deputy.getByRole('heading', { name: 'Disputes' })).toBeVisible();
    const guard = await as('guard', '/disputes');
    await expect(guard.getByRole('heading', { name: '您没有这项权限' })).toBeVisible();
  });
});

test.describe('return visits', () => {
  test('POS-RECEPT-07b: the due list leads to a visit; who is dissatisfied says why, and the matter is opened again', async ({
    as,
    look,
    speak,
    request,
  }) => {
    const said = unique('建议增设快递架');
    const made = await closedCase(request, said);
    const desk = await as('recept', '/visits');
    await expect(desk.getByRole('button', { name: /^未办结/ })).toBeVisible(); // what is open comes first
    await desk.getByRole('textbox', { name: /编号、房号、内容/ }).fill(said);
    await expect(desk.getByText('共 1 条')).toBeVisible();
    await look('visits', desk);
    await desk.getByText(said).click();
    await expect(desk).toHaveURL(/\/visits\/\w/);
    await expect(state(desk)).toHaveText('待回访');
    await act(desk, '登记回访结果');
    const form = desk.getByRole('dialog');
    await form.getByLabel('结果').selectOption({ label: '不满意' });
    await form.getByLabel('方式').selectOption({ label: '上门' });
    await form.getByRole('button', { name: '提交' }).click();
    await expect(refusalAt(form, '住户的话')).toContainText('不满意须记录原因');
    await expect(form.getByLabel('方式')).toHaveValue('home');
    await form.getByLabel('住户的话').fill('说了三次没有下文');
    await look('visit-record', desk);
    await send(desk);
    await expect(state(desk)).toHaveText('已回访');

    await act(desk, '跟进');
    await desk.getByLabel('做了什么').fill('上门道歉，重新安排');
    await desk.getByLabel('重新打开原事项').check();
    await send(desk);
    await expect(state(desk)).toHaveText('已跟进');
    await desk
      .locator('.record-chain')
      .getByRole('link', { name: /^投诉与建议/ })
      .click();
    await expect(desk).toHaveURL(new RegExp(`/cases/${made.id}`));
    await expect(state(desk)).not.toHaveText(/已办结|已回访/);
    await expect(desk.getByText('重开 1 次')).toBeVisible();

    const chief = await as('pubsup', `/visits?result=dissatisfied&q=${encodeURIComponent(said)}`);
    await expect(chief.getByText(said)).toBeVisible();
    await expect(chief.getByText('不满意率')).toBeVisible();
    await speak('en', chief);
    await expect(chief.getByText('Dissatisfied', { exact: true }).last()).toBeVisible();
  });

  test('nobody asks about themselves; nobody reached is tried again; others only read', async ({
    as,
    request,
  }) => {
    const said = unique('接待员解释不清');
    const about = await person(request, 'recept');
    await closedCase(request, said, { about_employee: about.id });
    const { id } = await visitOf(request, said);

    const own = await as('recept', `/visits/${id}`);
    await expect(own.getByText('这是您自己办的事，须由他人回访。')).toBeVisible();
    await expect(own.getByRole('button', { name: '登记回访结果' })).toBeDisabled();

    const other = await as('recept2', `/visits/${id}`);
    await act(other, '指派回访人');
    await find(other, '回访人', about.name);
    await other.getByRole('button', { name: '提交' }).click();
    await expect(refusalAt(other.getByRole('dialog'), '回访人')).toContainText('不能回访自己的事');
    await other.getByRole('button', { name: '取消' }).click();
    await act(other, '登记回访结果');
    await other.getByRole('dialog').getByLabel('结果').selectOption({ label: '未联系上' });
    await send(other);
    await expect(state(other)).toHaveText('未联系上');
    await act(other, '登记回访结果');
    await other.getByRole('dialog').getByLabel('结果').selectOption({ label: '较满意' });
    await send(other);
    await expect(state(other)).toHaveText('已办结');

    const deputy = await as('depmgr', `/visits/${id}`);
    await expect(state(deputy)).toHaveText('已办结');
    await expect(deputy.locator('.record-actions').getByRole('button')).toHaveCount(0);
  });
});

test.describe('help', () => {
  test('POS-RECEPT-10: help is logged, a wrong line corrected with a reason, and both stay', async ({
    as,
    look,
    speak,
  }) => {
    const note = unique('帮老人搬米上楼');
    const desk = await as('recept', '/assistance');
    await desk.getByRole('button', { name: '登记', exact: true }).click();
    const form = desk.getByRole('dialog');
    await form.getByLabel('内容', { exact: true }).fill(note);
    await form.getByLabel('类型').selectOption({ label: '搬运物品' });
    await find(desk, '房屋', '3-2-501');
    await when(form, '2099-01-01 08:00');
    await form.getByRole('button', { name: '提交' }).click();
    await expect(refusalAt(form, '发生时间')).toContainText('不能晚于现在');
    await expect(form.getByLabel('内容', { exact: true })).toHaveValue(note);
    await look('help-new', desk);
    await expect(async () => {
      await form.getByLabel('发生时间').hover();
      await form.locator('.ant-picker-clear').click({ timeout: 2_000 });
      await expect(form.getByLabel('发生时间')).toHaveValue('', { timeout: 1_000 });
    }).toPass();
    await send(desk);

    const row = desk.locator('[data-row]').filter({ hasText: note });
    await row.click();
    await expect(form.getByLabel('内容', { exact: true })).toHaveValue(note);
    await form.getByRole('spinbutton', { name: /用时/ }).fill('40');
    await form.getByRole('button', { name: '提交' }).click();
    await expect(refusalAt(form, '理由')).toBeVisible();
    await form.getByLabel('理由').fill('记错了时间');
    await send(desk);
    await desk.getByRole('textbox', { name: /编号、房号、内容/ }).fill(note);
    await expect(desk.getByText('共 1 条')).toBeVisible();
    // The total above the list may end in the same figures.
    await expect(desk.getByText('40 分钟', { exact: true })).toBeVisible();
    await desk.getByRole('button', { name: '已更正' }).click();
    await expect(desk.getByText('共 2 条')).toBeVisible();
    await expect(desk.getByText('更正件')).toBeVisible();
    await look('help', desk);
    await speak('en', desk);
    await expect(desk.getByRole('heading', { name: 'Help given' })).toBeVisible();
  });

  test('a cleaner logs from the phone page and finds it there; the board has no way in', async ({
    as,
    look,
  }) => {
    const note = unique('替住户收快递');
    const phone = await as('cleaner', '/m/help');
    await phone.locator('#help').getByText('代收代办').click();
    await phone.getByText('10 分钟').click();
    await phone.getByLabel(/^补充/).fill(note);
    await look('m-help', phone);
    await phone.getByRole('button', { name: '登记', exact: true }).click();
    await expect(phone.locator('article, .m-card').filter({ hasText: note }).first()).toBeVisible();
    const board = await as('board', '/assistance');
    await expect(board.getByRole('heading', { name: '您没有这项权限' })).toBeVisible();
  });
});

test.describe('day book', () => {
  test('what came in stands there by the minute, leads to its record, prints and turns back a day', async ({
    as,
    look,
    speak,
    request,
  }) => {
    const said = unique('咨询装修押金');
    await write(request, 'recept', '/cases', {
      text: said,
      kind: 'enquiry',
      channel: 'desk',
      field: 'renovation',
    });
    const desk = await as('recept', '/reception-log');
    const line = desk.locator('tr, li').filter({ hasText: said });
    await expect(line).toContainText('咨询');
    await expect(line).toContainText((await person(request, 'recept')).name);
    await look('day-book', desk);
    await desk.getByRole('button', { name: '打印' }).click();
    await expect(desk.getByRole('heading', { name: /客户服务中心受理日志/ })).toBeVisible();
    await expect(desk.getByText('值班接待员')).toBeVisible();
    await look('day-book-paper', desk);
    await desk.getByRole('button', { name: '返回' }).click();
    await desk.getByRole('button', { name: '前一天' }).click();
    await expect(line).toHaveCount(0);
    await expect(desk.getByRole('button', { name: '后一天' })).toBeEnabled();
    await desk.getByRole('button', { name: '后一天' }).click();
    await expect(desk.getByRole('button', { name: '后一天' })).toBeDisabled();
    await line.getByRole('link').click();
    await expect(desk.getByText(said).first()).toBeVisible();
    await expect(desk).toHaveURL(/\/cases\/\w/);
    await speak('en', desk);
    await desk.goto('/reception-log');
    await expect(desk.getByRole('heading', { name: 'Day book' })).toBeVisible();
    const technician = await as('tech', '/reception-log');
    await expect(technician.getByRole('heading', { name: '您没有这项权限' })).toBeVisible();
  });
});

test.describe('figures', () => {
  test('complaints by month and field, for a year, a month and a kind, as a picture and in numbers', async ({
    as,
    look,
    speak,
    request,
  }) => {
    const year = thisYear();
    const chief = await as('pubsup', '/case-statistics');
    // Others take complaints in meanwhile: both are read until they are of one moment.
    await expect(async () => {
      const { received } = await read<{ received: number }>(
        request,
        'pubsup',
        `/cases/statistics?kind=complaint&from=${year}-01-01&until=${year}-12-31`,
      );
      await chief.reload();
      await expect(figure(chief, '受理')).toContainText(String(received), { timeout: 3_000 });
    }).toPass();
    await expect(chief.locator('.chart canvas').first()).toBeVisible();
    await look('case-statistics', chief);
    await chief.getByRole('button', { name: '看数字' }).first().click();
    const rows = chief.locator('.chart').first().getByRole('row');
    // A line for each month so far, also for one in which nothing came in.
    await expect(rows).toHaveCount(1 + Number(today().slice(5, 7)));
    await chief.getByLabel('类型').selectOption({ label: '表扬' });
    await expect(figure(chief, '有效')).toHaveCount(0); // only complaints are found valid
    await chief.getByLabel('年度').selectOption(String(year - 3));
    await expect(chief.getByText('这段时间没有登记')).toBeVisible();
    await expect(chief.getByText('可在上面改选年度或月份。')).toBeVisible();
    await speak('en', chief);
    await expect(chief.getByRole('heading', { name: 'Complaint statistics' })).toBeVisible();
  });

  test('repairs in time, by category and by technician; a line leads to its orders', async ({
    as,
    look,
    speak,
  }) => {
    const chief = await as('pubsup', '/repair-statistics');
    await expect(figure(chief, '响应及时率')).toContainText('%');
    await look('repair-statistics', chief);
    await chief.getByRole('link', { name: '给排水' }).click();
    await expect(chief).toHaveURL(/\/work-orders\?category=water/);
    await expect(chief.getByRole('button', { name: /类别.*给排水/ })).toBeVisible();
    await chief.goto('/workload');
    const people = chief.locator('section').filter({ hasText: '技能' }).getByRole('link');
    await expect(people.first()).toBeVisible();
    await look('workload', chief);
    await people.first().click();
    await expect(chief).toHaveURL(/\/work-orders\?technician_id=.*open=true/);
    await speak('en', chief);
    await chief.goto('/workload');
    await expect(chief.getByText(/^\w+, \w+/).first()).toBeVisible(); // a list in English has commas
    const guard = await as('guard', '/workload');
    await expect(guard.getByRole('heading', { name: '您没有这项权限' })).toBeVisible();
  });

  test('only the supervisor and above change the limits that orders run by', async ({
    as,
    look,
  }) => {
    const desk = await as('recept', '/repair-categories');
    await expect(desk.getByText('给排水')).toBeVisible();
    await expect(desk.getByRole('button', { name: /^修改/ })).toHaveCount(0);
    const chief = await as('pubsup', '/repair-categories');
    await expect(chief.getByRole('button', { name: '修改: 给排水' })).toBeVisible();
    await look('repair-categories', chief);
  });
});

/** What the form says below a field that was not accepted. */
const refusalAt = (form: Locator, label: string) =>
  form.locator('.ant-form-item').filter({ hasText: label }).locator('.ant-form-item-explain-error');

const figure = (page: Page, label: string) =>
  page
    .locator('.figures > div')
    .filter({ has: page.locator('dt').getByText(label, { exact: true }) })
    .locator('dd');

/** Types a point in time where a form asks for it. */
async function when(form: Locator, at: string): Promise<void> {
  const field = form.getByLabel('发生时间');
  await field.fill(at);
  await field.press('Enter');
}

interface Person {
  id: string;
  name: string;
}

const person = async (request: APIRequestContext, username: string) =>
  (await read<{ employee: Person }>(request, username, '/me')).employee;

/** A dispute with the centre, as the desk writes it down. */
const dispute = (request: APIRequestContext, subject: string) =>
  write<{ id: string }>(request, 'recept', '/disputes', {
    kind: 'owner_management',
    subject,
    parties: [
      { side: 'applicant', role: 'owner', name: '王业主' },
      { side: 'respondent', role: 'management', name: '物业服务中心' },
    ],
  });

/** A suggestion that was answered and closed: a return visit about it is due. */
async function closedCase(
  request: APIRequestContext,
  text: string,
  more: { about_employee?: string } = {},
): Promise<{ id: string }> {
  const made = await write<{ id: string }>(request, 'recept', '/cases', {
    text,
    kind: 'suggestion',
    channel: 'phone',
    field: 'other',
    ...more,
  });
  const officer = await person(request, 'renoadm');
  const does = (who: string, what: string, body: object) =>
    write(request, who, `/cases/${made.id}/${what}`, body);
  await does('recept', 'assign', { owner_id: officer.id });
  await does('renoadm', 'reply', { text: '已列入下季度计划' });
  await does('recept', 'close', {});
  return made;
}

async function visitOf(request: APIRequestContext, text: string): Promise<{ id: string }> {
  const path = `/visits?q=${encodeURIComponent(text)}`;
  const { items } = await read<{ items: { id: string }[] }>(request, 'recept2', path);
  const [visit] = items;
  if (!visit) throw new Error(`no visit about ${text}`);
  return visit;
}
