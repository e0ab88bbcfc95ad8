import { Form, Input, Radio } from 'antd';
import { api, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/system';
import { useEstate } from '@/org/lookups';
import { FormDrawer, required } from '@/ui/form';
import { today } from '@/ui/format';
import { AREAS } from './DataChecksPage';

type Values = Pick<Schema<'NewDataCheck'>, 'period' | 'area'>;

/** Opens the check of one kind of data for one month. */
export default function NewDataCheck({ close }: { close: () => void }) {
  const { estate } = useEstate();
  return (
    <FormDrawer<Values>
      open
      name="system.data-check"
      title={t('check.new')}
      initial={{ period: today().slice(0, 7), area: 'bills' }}
      onClose={close}
      onSubmit={async (values, headers) => {
        const body = { ...values, estate_id: estate || null };
        await api.POST('/api/v1/data-checks', { body, headers });
        reloadKind('data_check');
      }}
    >
      <Form.Item name="period" label={t('check.month')} rules={[required(t('check.month'))]}>
        <Input type="month" autoFocus />
      </Form.Item>
      <Form.Item name="area" label={t('check.area')}>
        <Radio.Group options={AREAS.map((value) => ({ value, label: t.code('area', value) }))} />
      </Form.Item>
    </FormDrawer>
  );
}
