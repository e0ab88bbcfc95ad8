import { Form, Input, InputNumber } from 'antd';
import { api, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/goals';
import { DateField, FormDrawer, required } from '@/ui/form';
import { today } from '@/ui/format';
import { toast } from '@/ui/toast';
import type { Goal } from './words';

/** A figure of a goal that no record feeds (GOAL-6); earlier ones stay. */
export default function EntryForm({ goal, close }: { goal: Goal; close: () => void }) {
  const share = goal.unit === 'percent';
  return (
    <FormDrawer<Schema<'EnterFigure'>>
      open
      name={`goals.entry.${goal.id}`}
      title={t('entry.new')}
      initial={{ as_of: today() }}
      onClose={close}
      onSubmit={async (body, headers) => {
        await api.POST('/api/v1/goals/{id}/entries', {
          params: { path: { id: goal.id } },
          body,
          headers,
        });
        toast(t('entry.done'));
        reloadKind('goal');
      }}
    >
      <Form.Item name="as_of" label={t('entry.as_of')} rules={[required(t('entry.as_of'))]}>
        <DateField />
      </Form.Item>
      <Form.Item
        name="numerator"
        label={t(share ? 'entry.numerator' : 'entry.count')}
        rules={[required(t(share ? 'entry.numerator' : 'entry.count'))]}
      >
        <InputNumber autoFocus min={0} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      {share && (
        <Form.Item
          name="denominator"
          label={t('entry.denominator')}
          rules={[required(t('entry.denominator'))]}
        >
          <InputNumber min={1} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      )}
      <Form.Item name="note" label={t('entry.note')} rules={[required(t('entry.note'))]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}
