import { read, unique, write } from './desk';
import { expect, test } from './fixtures';

// What one is told stands in the bell and in the inbox until it is read.
test.setTimeout(120_000);

interface Given {
  id: string;
  no: string;
}

test('PROC-PUBSUP-4.2: a task given rings the bell of the one who has it, is opened from the inbox and is read then', async ({
  as,
  look,
  speak,
  request,
}) => {
  const { employee } = await read<{ employee: { id: string } }>(request, 'recept', '/me');
  const give = () =>
    write<Given>(request, 'pubsup', '/tasks', {
      title: unique('核对来访登记'),
      assignee_id: employee.id,
      due_at: '2099-01-05T09:30:00Z',
    });
  const desk = await as('recept', '/notices');
  await expect(desk.getByRole('heading', { name: '我的通知' })).toBeVisible();
  const task = await give();
  await expect(desk.getByRole('link', { name: /通知，\d+ 条未读/ })).toBeVisible();
  const line = desk.getByText(`交办任务 ${task.no} 已交给您办理`);
  await expect(line).toBeVisible();
  await look('notices', desk);
  await line.click();
  await expect(desk).toHaveURL(new RegExp(`/tasks/${task.id}$`));
  await desk.goto('/notices?unread=true');
  await expect(line).toHaveCount(0);

  const second = await give();
  const again = desk.getByText(`交办任务 ${second.no} 已交给您办理`);
  await expect(again).toBeVisible();
  const all = desk.getByRole('button', { name: '全部标为已读' });
  await all.click();
  await expect(again).toHaveCount(0);
  // The clock and other people tell the desk further things meanwhile.
  await expect(async () => {
    if (await all.isVisible()) await all.click();
    await expect(desk.getByRole('link', { name: '通知', exact: true }).first()).toBeVisible({
      timeout: 2_000,
    });
  }).toPass();
  await desk.goto('/notices');
  await speak('en', desk);
  await expect(desk.getByText(`Task ${second.no} was given to you`)).toBeVisible();
});

test('how one is told is set by oneself, and channels by whoever looks after them', async ({
  as,
  look,
}) => {
  const desk = await as('recept', '/notices/settings');
  await desk.getByLabel('邮箱').fill('recept@example.com');
  await desk.getByLabel('邮件: 启用').click();
  await desk.getByText('自定时段', { exact: true }).click();
  await desk.getByLabel('开始').fill('22:00');
  await desk.getByLabel('结束').fill('06:30');
  await look('notice-settings', desk);
  await desk.getByRole('button', { name: '保存' }).click();
  await expect(desk.getByText('已保存')).toBeVisible();
  await desk.reload();
  await expect(desk.getByLabel('邮箱')).toHaveValue('recept@example.com');
  await expect(desk.getByLabel('开始')).toHaveValue('22:00');

  const manager = await as('cscmgr', '/notices/deliveries');
  await manager.getByRole('button', { name: '设置: 钉钉' }).click();
  const form = manager.getByRole('dialog');
  await form.getByLabel('机器人地址（Webhook）').fill('https://evil.example/robot');
  await manager.getByRole('button', { name: '提交', exact: true }).click();
  await expect(form.getByText(/须以 https:\/\/oapi\.dingtalk\.com\/ 开头/).first()).toBeVisible();
  await form
    .getByLabel('机器人地址（Webhook）')
    .fill('https://oapi.dingtalk.com/robot/send?access_token=0000');
  await manager.getByRole('button', { name: '提交', exact: true }).click();
  await expect(manager.getByText(/密钥尾号 0000/)).toBeVisible();
  await look('notice-deliveries', manager);
});

test('on the phone what one is told are cards, and a tap opens the record', async ({
  as,
  look,
  request,
}) => {
  const { employee } = await read<{ employee: { id: string } }>(request, 'tech', '/me');
  const task = await write<Given>(request, 'pubsup', '/tasks', {
    title: unique('检查水泵房'),
    assignee_id: employee.id,
    due_at: '2099-01-05T09:30:00Z',
  });
  const phone = await as('tech', '/m');
  await phone.getByRole('link', { name: /条未读/ }).click();
  const card = phone.getByRole('button', { name: new RegExp(task.no) });
  await expect(card).toBeVisible();
  await look('m-notices', phone);
  await card.click();
  await expect(phone).toHaveURL(new RegExp(`/m/tasks/${task.id}$`));
});
