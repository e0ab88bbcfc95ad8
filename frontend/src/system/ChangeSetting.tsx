import { Form, Input, InputNumber, Radio } from 'antd';
import { api } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/system';
import { FormDrawer, MoneyField, required } from '@/ui/form';
import { toast } from '@/ui/toast';
import { clock, type Setting, sayRange, sayValue, titleOf, unitOf } from './settings';

interface ChangeSettingProps {
  setting: Setting;
  /** Null: for the company. */
  estate: string | null;
  close: () => void;
}

/** A new value with its reason; typed in the setting's own unit. */
export default function ChangeSetting({ setting, estate, close }: ChangeSettingProps) {
  const title = titleOf(setting);
  return (
    <FormDrawer<{ value: number; reason: string }>
      open
      name={`system.setting.${setting.key}.${estate ?? ''}`}
      title={title}
      initial={{ value: setting.value }}
      onClose={close}
      lead={
        <p className="muted">
          {t('settings.now')} {sayValue(setting, setting.value)} · {t('settings.default')}{' '}
          {sayValue(setting, setting.default)}
        </p>
      }
      onSubmit={async ({ value, reason }, headers) => {
        await api.POST('/api/v1/settings', {
          body: { key: setting.key, value, reason, estate_id: estate },
          headers,
        });
        toast(t('settings.saved', { title }));
        reloadKind('setting');
      }}
    >
      <Form.Item
        name="value"
        label={t('settings.value')}
        extra={unitOf(setting) === 'switch' ? undefined : sayRange(setting)}
        rules={[
          required(t('settings.value')),
          {
            validator: async (_, value) => {
              if (value === setting.value) throw new Error(t('settings.unchanged'));
            },
          },
        ]}
      >
        <ValueField setting={setting} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('settings.reason')}
        rules={[{ ...required(t('settings.reason')), whitespace: true }]}
      >
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}

interface ValueFieldProps {
  setting: Setting;
  value?: number | null;
  onChange?: (value: number | null) => void;
  id?: string;
}

function ValueField({ setting, value = null, onChange, id }: ValueFieldProps) {
  const unit = unitOf(setting);
  if (unit === 'switch') {
    return (
      <Radio.Group
        id={id}
        value={value}
        onChange={(event) => onChange?.(event.target.value)}
        options={[
          { value: 1, label: t('settings.on') },
          { value: 0, label: t('settings.off') },
        ]}
      />
    );
  }
  if (unit === 'money') return <MoneyField id={id} value={value} onChange={onChange} />;
  if (unit === 'clock') {
    return (
      <Input
        id={id}
        type="time"
        style={{ width: 140 }}
        value={value === null ? '' : clock(value)}
        onChange={(event) => {
          const [hour = '', minute = ''] = event.target.value.split(':');
          onChange?.(minute ? Number(hour) * 60 + Number(minute) : null);
        }}
      />
    );
  }
  return (
    <InputNumber
      id={id}
      autoFocus
      precision={0}
      value={value}
      min={setting.min}
      max={setting.max}
      onChange={(next) => onChange?.(next)}
    />
  );
}
