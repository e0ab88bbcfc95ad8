import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Radio, Switch } from 'antd';
import { useEffect } from 'react';
import { useMe } from '@/access/session';
import { api, ifMatch, type Schema, withTag } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t as b } from '@/locales/base';
import { t } from '@/locales/notices';
import { useProblem } from '@/ui/form';
import { Section } from '@/ui/record';
import { ErrorView, Skeleton, StateView } from '@/ui/StateView';
import { toast } from '@/ui/toast';
import { NoticeTabs } from './NoticeTabs';
import { clockOf, minutesOf } from './time';
import './notices.css';

type Settings = Schema<'NoticeSettings'>;
type Channel = Schema<'OutwardChannel'>;

interface Values {
  language: Schema<'Tongue'>;
  digest: boolean;
  quiet: 'estate' | 'own';
  from: string;
  until: string;
  channels: Record<Channel, { address?: string; enabled?: boolean }>;
}

/** How I am told outside of the product: by which ways, in which language, and when not. */
export function SettingsPage() {
  const { employee } = useMe();
  const settings = useQuery({
    queryKey: ['notices', 'settings'],
    queryFn: ({ signal }) => withTag(api.GET('/api/v1/me/notices/settings', { signal })),
    enabled: Boolean(employee),
    meta: { kinds: ['employee'] },
  });
  useEffect(() => {
    document.title = `${t('settings.title')} · ${b('product')}`;
  }, []);
  return (
    <section className="notice-settings">
      <h1>{t('settings.title')}</h1>
      <NoticeTabs />
      {!employee ? (
        <StateView icon="empty" title={t('settings.no_person')} />
      ) : settings.isPending ? (
        <Skeleton lines={6} />
      ) : settings.isError ? (
        <ErrorView error={settings.error} retry={() => settings.refetch()} />
      ) : (
        <Fields key={settings.data.etag} settings={settings.data.data} etag={settings.data.etag} />
      )}
    </section>
  );
}

const valuesOf = (settings: Settings): Values => ({
  language: settings.language,
  digest: settings.digest,
  quiet: settings.quiet ? 'own' : 'estate',
  from: clockOf((settings.quiet ?? settings.estate_quiet).from_minute),
  until: clockOf((settings.quiet ?? settings.estate_quiet).until_minute),
  channels: Object.fromEntries(
    settings.channels.map((one) => [
      one.channel,
      { address: one.address ?? '', enabled: one.enabled },
    ]),
  ) as Values['channels'],
});

function Fields({ settings, etag }: { settings: Settings; etag: string }) {
  const [form] = Form.useForm<Values>();
  const { problem, show, clear } = useProblem(form);
  const quiet = Form.useWatch('quiet', form) ?? valuesOf(settings).quiet;

  async function save(values: Values) {
    clear();
    const own =
      values.quiet === 'own'
        ? { from_minute: minutesOf(values.from) ?? 0, until_minute: minutesOf(values.until) ?? 0 }
        : null;
    try {
      await api.PATCH('/api/v1/me/notices/settings', {
        headers: ifMatch(etag),
        body: {
          language: values.language,
          digest: values.digest,
          ...(own ? { quiet: own } : { estate_quiet: true }),
          channels: settings.channels.map(({ channel }) => changed(channel, values)),
        },
      });
      toast(t('settings.saved'));
      await reloadKind('employee');
    } catch (error) {
      show(error);
    }
  }

  return (
    <Form<Values> form={form} layout="vertical" initialValues={valuesOf(settings)} onFinish={save}>
      <p className="muted">{t('settings.lead')}</p>
      <Section title={t('settings.channels')}>
        <p className="muted">{t('settings.channels_hint')}</p>
        {settings.channels.map((one) => (
          <Way key={one.channel} way={one} />
        ))}
        <Form.Item name="language" label={t('settings.language')}>
          <Radio.Group
            options={(['zh', 'en'] as const).map((value) => ({ value, label: t(`lang.${value}`) }))}
          />
        </Form.Item>
      </Section>
      <Section title={t('settings.quiet')}>
        <p className="muted">{t('settings.quiet_hint')}</p>
        <Form.Item name="quiet">
          <Radio.Group
            options={[
              {
                value: 'estate',
                label: t('settings.quiet_estate', {
                  from: clockOf(settings.estate_quiet.from_minute),
                  until: clockOf(settings.estate_quiet.until_minute),
                }),
              },
              { value: 'own', label: t('settings.quiet_own') },
            ]}
          />
        </Form.Item>
        {quiet === 'own' && (
          <>
            <Form.Item name="from" label={t('settings.from')}>
              <Input type="time" style={{ width: 140 }} />
            </Form.Item>
            <Form.Item name="until" label={t('settings.until')}>
              <Input type="time" style={{ width: 140 }} />
            </Form.Item>
          </>
        )}
        <Form.Item
          name="digest"
          label={t('settings.digest')}
          valuePropName="checked"
          extra={t('settings.digest_hint', { at: clockOf(settings.digest_minute) })}
        >
          <Switch />
        </Form.Item>
      </Section>
      {problem && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
      <Button type="primary" htmlType="submit">
        {t('settings.save')}
      </Button>
    </Form>
  );
}

/** A way with its address; an emptied address is forgotten. */
function changed(channel: Channel, values: Values) {
  const { address = '', enabled = false } = values.channels[channel] ?? {};
  return address.trim()
    ? { channel, address: address.trim(), enabled }
    : { channel, enabled: false, forget: true };
}

function Way({ way }: { way: Settings['channels'][number] }) {
  const label = t(`settings.address.${way.channel}`);
  return (
    <div className="notice-channel">
      <b>{t(`channel.${way.channel}`)}</b>
      <Form.Item
        name={['channels', way.channel, 'address']}
        extra={way.available ? undefined : t('settings.unavailable')}
      >
        <Input placeholder={label} aria-label={label} maxLength={254} />
      </Form.Item>
      <Form.Item name={['channels', way.channel, 'enabled']} valuePropName="checked">
        <Switch aria-label={`${t(`channel.${way.channel}`)}: ${t('settings.on')}`} />
      </Form.Item>
    </div>
  );
}
