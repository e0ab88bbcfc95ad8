import { Form, Input, Radio, Select } from 'antd';
import { api, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/org';
import { DateField, FormDrawer, required } from '@/ui/form';
import { today } from '@/ui/format';
import { toast } from '@/ui/toast';
import { PostSelect } from './selects';

type Values = Schema<'NewEdge'>;
const MATTERS = [
  'appraisal',
  'training',
  'incident_command',
  'disputes',
  'cleaning_guidance',
  'financial_report',
  'parking_takings',
] as const;

/** A draft of an edge; a circle is refused here, in place, before anyone has to decide. */
export default function NewEdge({ close }: { close: () => void }) {
  return (
    <FormDrawer<Values>
      open
      name="org.edge"
      title={t('edge.new')}
      initial={{ kind: 'line', valid_from: today() }}
      lead={<p className="muted">{t('edge.lead')}</p>}
      onClose={close}
      onSubmit={async (values, headers) => {
        const body: Values = values.kind === 'line' ? { ...values, matter: null } : { ...values };
        await api.POST('/api/v1/reporting-edges', { body, headers });
        toast(t('edge.drafted'));
        reloadKind('reporting_edge');
      }}
    >
      <Form.Item name="child_post" label={t('edge.child')} rules={[required(t('edge.child'))]}>
        <PostSelect autoFocus />
      </Form.Item>
      <Form.Item name="parent_post" label={t('edge.parent')} rules={[required(t('edge.parent'))]}>
        <PostSelect />
      </Form.Item>
      <Form.Item name="kind" label={t('edge.kind')} rules={[required(t('edge.kind'))]}>
        <Radio.Group
          options={['line', 'functional', 'incident_command'].map((value) => ({
            value,
            label: t.code('edge.kind', value),
          }))}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={['kind']}>
        {({ getFieldValue }) =>
          getFieldValue('kind') !== 'line' && (
            <Form.Item name="matter" label={t('edge.matter')} rules={[required(t('edge.matter'))]}>
              <Select
                options={MATTERS.map((value) => ({ value, label: t.code('matter', value) }))}
              />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item
        name="valid_from"
        label={t('assignment.first_day')}
        extra={t('edge.first_day_hint')}
        rules={[required(t('assignment.first_day'))]}
      >
        <DateField />
      </Form.Item>
      <Form.Item name="reason" label={t('field.reason')} extra={t('assignment.reason_hint')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}
