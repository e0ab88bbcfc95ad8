import { useRouter } from '@tanstack/react-router';
import { Form, InputNumber, Select } from 'antd';
import { useMe } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/goals';
import { FormDrawer, required } from '@/ui/form';
import { today } from '@/ui/format';
import { toast } from '@/ui/toast';
import { thisYear } from './data';

/** From October on it is the next year that is planned. */
const yearToPlan = () => thisYear() + (Number(today().slice(5, 7)) >= 10 ? 1 : 0);

/** A year to be drafted: the manual's goals come by themselves. */
export default function NewSet({ close }: { close: () => void }) {
  const { estates } = useMe();
  const router = useRouter();
  return (
    <FormDrawer<Schema<'CreateGoalSet'>>
      open
      name="goals.set"
      title={t('sets.new')}
      lead={<p className="muted">{t('sets.new_lead')}</p>}
      initial={{ year: yearToPlan(), ...(estates[0] && { estate_id: estates[0].id }) }}
      onClose={close}
      onSubmit={async (body, headers) => {
        const made = await ok(api.POST('/api/v1/goal-sets', { body, headers }));
        toast(t('sets.new_done'));
        reloadKind('goal_set');
        router.history.push(`/goals/sets/${made.id}`);
      }}
    >
      <Form.Item name="year" label={t('year')} rules={[required(t('year'))]}>
        <InputNumber autoFocus min={2000} max={2100} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item
        name="estate_id"
        label={t('estate')}
        hidden={estates.length < 2}
        rules={[required(t('estate'))]}
      >
        <Select options={estates.map((one) => ({ value: one.id, label: one.name }))} />
      </Form.Item>
    </FormDrawer>
  );
}
