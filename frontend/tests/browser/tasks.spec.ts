import { Actions } from './actions';
import { act, confirm, read, send, state, unique, write } from './desk';
import { expect, test } from './fixtures';

// A task from its giving to the giver's last word, each step by the one whose step it is.
test.setTimeout(180_000);

interface Candidate {
  employee_id: string;
  name: string;
  post: string;
}

test('POS-TECH-11: given by the supervisor, accepted, started and reported done on the phone, returned once, closed', async ({
  as,
  look,
  speak,
  request,
}) => {
  const what = unique('检查地下车库照明');
  const candidates = await read<Candidate[]>(request, 'pubsup', '/tasks/candidates');
  // The first technician's login is the post's name.
  const { employee } = await read<{ employee: { id: string } }>(request, 'tech', '/me');
  const technician = candidates.find((one) => one.employee_id === employee.id);
  let address = '';

  await test.step('the supervisor sees only those below, and gives the task', async () => {
    expect(candidates.every((one) => !['GUARD', 'CSCMGR', 'PUBSUP'].includes(one.post))).toBe(true);
    const chief = await as('pubsup', '/tasks');
    await chief.getByRole('button', { name: '交办任务', exact: true }).click();
    const form = chief.getByRole('dialog');
    await form.getByLabel('交给谁').fill(technician?.name ?? '');
    await chief.getByTitle(technician?.name ?? '').click();
    await form.getByLabel('任务', { exact: true }).fill(what);
    await form.getByLabel('完成时限').fill('2099-01-05 17:30');
    await chief.keyboard.press('Tab');
    await form.getByText('重要', { exact: true }).click();
    await look('task-new', chief);
    await send(chief);
    await expect(chief).toHaveURL(/\/tasks\/\w/);
    address = new URL(chief.url()).pathname;
    await expect(state(chief).first()).toHaveText('已交办');
    await expect(chief.getByText(`等 ${technician?.name} 办理`)).toHaveCount(0); // the giver may still change it
    await look('task-given', chief);
  });

  const id = address.split('/').at(-1);
  const { no } = await read<{ no: string }>(request, 'pubsup', `/tasks/${id}`);
  await test.step('the technician accepts by 1 tap, starts by 1, reports by 3', async () => {
    const phone = await as('tech', '/m/tasks');
    const accept = new Actions();
    await accept.tap(phone.getByRole('button', { name: `接受 ${no}` }));
    await expect(phone.getByRole('button', { name: `开始办理 ${no}` })).toBeVisible();
    accept.within({ taps: 1 });
    const start = new Actions();
    await start.tap(phone.getByRole('button', { name: `开始办理 ${no}` }));
    const report = phone.getByRole('link', { name: `报告完成 ${no}` });
    await expect(report).toBeVisible();
    start.within({ taps: 1 });
    await look('m-tasks', phone);
    const done = new Actions();
    await done.tap(report);
    await expect(phone.getByLabel('做了什么，结果如何')).toBeFocused();
    await done.type(phone, '更换灯管三支');
    await done.photo(phone, phone.getByText('拍照', { exact: true }));
    await look('m-task-report', phone);
    await done.tap(phone.getByRole('button', { name: '报告完成' }));
    await expect(phone.getByText(what)).toHaveCount(0);
    done.within({ taps: 3 });
  });

  await test.step('the supervisor returns it with what is missing, then closes it', async () => {
    const chief = await as('pubsup', address);
    await expect(state(chief).first()).toHaveText('已报完成');
    await expect(chief.locator('.record-side').getByRole('img').first()).toBeVisible();
    await act(chief, '退回续办');
    await chief.getByLabel('哪里还没做好').fill('B区还有一处不亮');
    await send(chief);
    await expect(state(chief).first()).toHaveText('已退回');
    await write(request, 'tech', `/tasks/${id}/start`, {});
    await write(request, 'tech', `/tasks/${id}/report-done`, { result: 'B区已补换' });
    await chief.reload();
    await act(chief, '确认办结');
    await confirm(chief, '确认办结', '办得好');
    await expect(state(chief).first()).toHaveText('已办结');
    await look('task-closed', chief);
    await speak('en', chief);
    await expect(state(chief).first()).toHaveText('Closed');
  });
});

test('the figures of punctuality are there by person, post and month', async ({ as, look }) => {
  const manager = await as('cscmgr', '/task-statistics');
  await expect(manager.getByText('按时完成率').first()).toBeVisible();
  await expect(manager.getByRole('heading', { name: '按岗位' })).toBeVisible();
  await look('task-statistics', manager);
});
