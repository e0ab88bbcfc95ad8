import { Checkbox, Form, InputNumber } from 'antd';
import { api, ifMatch, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { lang } from '@/locales/lang';
import { t } from '@/locales/service_desk';
import { FormDrawer, required } from '@/ui/form';
import { toast } from '@/ui/toast';
import type { Limits } from './CategoriesPage';

interface Props {
  limits: Limits;
  estate: string;
  close: () => void;
}

/** Changes the limits of one category; orders that run already keep theirs. */
export default function ChangeCategory({ limits, estate, close }: Props) {
  const field = (name: keyof Limits, label: string, min: number, max: number, unit: string) => (
    <Form.Item name={name} label={label} rules={[required(label)]}>
      <InputNumber min={min} max={max} precision={0} suffix={unit} style={{ width: '100%' }} />
    </Form.Item>
  );
  return (
    <FormDrawer<Schema<'ChangeRepairCategory'>>
      open
      name={`service_desk.category.${limits.code}`}
      title={t('categories.change', {
        name: lang() === 'en' ? limits.name_en : limits.name_zh,
      })}
      initial={{
        response_minutes: limits.response_minutes,
        finish_hours: limits.finish_hours,
        urgent_percent: limits.urgent_percent,
        estimated_minutes: limits.estimated_minutes,
        active: limits.active,
      }}
      onClose={close}
      onSubmit={async (body) => {
        await api.PATCH('/api/v1/repair-categories/{code}', {
          params: {
            path: { code: limits.code },
            query: estate ? { estate_id: estate } : {},
            header: ifMatch(`"${limits.version}"`),
          },
          body,
        });
        toast(t('request.saved'));
        reloadKind('estate');
      }}
    >
      {field('response_minutes', t('categories.response'), 1, 10_080, t('unit.minutes'))}
      {field('finish_hours', t('categories.finish'), 1, 2_160, t('unit.hours'))}
      {field('urgent_percent', t('categories.urgent'), 10, 100, '%')}
      {field('estimated_minutes', t('categories.estimated'), 5, 1_440, t('unit.minutes'))}
      <Form.Item name="active" valuePropName="checked" extra={t('categories.active_hint')}>
        <Checkbox>{t('categories.active')}</Checkbox>
      </Form.Item>
    </FormDrawer>
  );
}
