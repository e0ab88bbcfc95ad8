import { Checkbox, Form, Input, Switch } from 'antd';
import { api, ifMatch } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/notices';
import { etagOf } from '@/org/lookups';
import { FormDrawer, required } from '@/ui/form';
import type { Channel } from './Channels';

interface Values {
  url?: string;
  secret?: string;
  unsign?: boolean;
  enabled: boolean;
}

const HOSTS: Partial<Record<Channel['channel'], string>> = {
  wecom: 'https://qyapi.weixin.qq.com',
  dingtalk: 'https://oapi.dingtalk.com',
};

interface SetRobotProps {
  channel: Channel;
  estate: string;
  close: () => void;
}

/** Sets the robot of an estate; what was typed as its address and secret is kept nowhere here. */
export default function SetRobot({ channel, estate, close }: SetRobotProps) {
  const known = channel.set_up;
  const host = HOSTS[channel.channel] ?? '';
  return (
    <FormDrawer<Values>
      open
      name={`notices.robot.${estate}.${channel.channel}`}
      title={t('channels.robot', { channel: t(`channel.${channel.channel}`) })}
      initial={{ enabled: known ? channel.enabled : true }}
      unkept={['url', 'secret']}
      onClose={close}
      onSubmit={async (values, headers) => {
        await api.PUT('/api/v1/notices/channels/{channel}', {
          params: { path: { channel: channel.channel } },
          headers: { ...headers, ...ifMatch(etagOf(channel.version)) },
          body: {
            estate_id: estate,
            enabled: values.enabled,
            ...(values.url?.trim() && { url: values.url.trim() }),
            ...(values.unsign
              ? { secret: '' }
              : values.secret?.trim() && { secret: values.secret.trim() }),
          },
        });
        await reloadKind('notice_robot');
      }}
    >
      <Form.Item
        name="url"
        label={t('channels.url')}
        extra={known ? t('channels.url_keep') : t('channels.url_hint', { host })}
        rules={known ? [] : [required(t('channels.url'))]}
      >
        <Input.Password autoComplete="off" maxLength={500} />
      </Form.Item>
      {channel.channel === 'dingtalk' && (
        <>
          <Form.Item name="secret" label={t('channels.secret')} extra={t('channels.secret_hint')}>
            <Input.Password autoComplete="off" maxLength={200} />
          </Form.Item>
          {channel.signed && (
            <Form.Item name="unsign" valuePropName="checked">
              <Checkbox>{t('channels.secret_end')}</Checkbox>
            </Form.Item>
          )}
        </>
      )}
      <Form.Item name="enabled" label={t('channels.use')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDrawer>
  );
}
