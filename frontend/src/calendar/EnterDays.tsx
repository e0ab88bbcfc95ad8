import { Form, Input, Radio } from 'antd';
import { api, ifMatch } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/calendar';
import { DateField, FormDrawer, required } from '@/ui/form';
import { toast } from '@/ui/toast';
import { type Calendar, type DayKind, entered, KINDS } from './data';

interface EnterDaysProps {
  calendar: Calendar;
  etag: string;
  /** The day from which it was begun. */
  date: string;
  close: () => void;
}

interface Values {
  from: string;
  until: string;
  kind: DayKind | 'built_in';
  name?: string;
  reason: string;
}

/** A span of days of one kind, or back to what is built in; the rest of the year stays. */
export default function EnterDays({ calendar, etag, date, close }: EnterDaysProps) {
  const { year } = calendar;
  const day = calendar.days.find((one) => one.date === date);
  const within = { min: `${year}-01-01`, max: `${year}-12-31` };
  return (
    <FormDrawer<Values>
      open
      name={`calendar.${calendar.estate_id ?? ''}.${year}.${date}`}
      title={t('edit')}
      initial={{ from: date, until: date, kind: day?.kind ?? 'holiday' }}
      onClose={close}
      onSubmit={async ({ reason, kind, name = '', ...span }, headers) => {
        const days = entered(calendar.own, {
          ...span,
          kind: kind === 'built_in' ? null : kind,
          name,
        });
        await api.PUT('/api/v1/calendar/{year}', {
          params: { path: { year } },
          body: { estate_id: calendar.estate_id, days, reason },
          headers: { ...headers, ...ifMatch(etag) },
        });
        toast(t('saved'));
        reloadKind('calendar_year');
      }}
    >
      <Form.Item name="from" label={t('field.from')} rules={[required(t('field.from'))]}>
        <DateField {...within} />
      </Form.Item>
      <Form.Item name="until" label={t('field.until')} rules={[required(t('field.until'))]}>
        <DateField {...within} />
      </Form.Item>
      <Form.Item name="kind" label={t('field.kind')} rules={[required(t('field.kind'))]}>
        <Radio.Group
          options={[
            ...KINDS.map((value) => ({ value, label: t.code('kind', value) })),
            { value: 'built_in', label: t('built_in') },
          ]}
        />
      </Form.Item>
      <Form.Item name="name" label={t('field.name')} extra={t('field.name_hint')}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('field.reason')}
        extra={t('field.reason_hint')}
        rules={[{ ...required(t('field.reason')), whitespace: true }]}
      >
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}
