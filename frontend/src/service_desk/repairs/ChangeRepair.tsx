import { Checkbox, Form, Input } from 'antd';
import { api, ifMatch, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/service_desk';
import { FormDrawer, required } from '@/ui/form';
import { HouseField } from '@/ui/form/Combo';
import { Native } from '@/ui/form/Native';
import { toast } from '@/ui/toast';
import { categories, options, urgencies } from '../words';

interface Props {
  request: Schema<'RepairRequest'>;
  close: () => void;
}

/** Corrects a request before somebody is sent. */
export default function ChangeRepair({ request, close }: Props) {
  return (
    <FormDrawer<Schema<'ChangeRepair'>>
      open
      name={`service_desk.repair.${request.id}`}
      title={t('request.edit')}
      initial={{
        text: request.text,
        house_id: request.house_id ?? null,
        place_text: request.place_text ?? null,
        category: request.category,
        urgency: request.urgency,
        paid: request.paid,
        warranty: request.warranty,
      }}
      onClose={close}
      onSubmit={async (body) => {
        await api.PATCH('/api/v1/repair-requests/{id}', {
          params: {
            path: { id: request.id },
            header: ifMatch(`"${request.version}"`),
          },
          body,
        });
        toast(t('request.saved'));
        reloadKind('repair_request');
      }}
    >
      <Form.Item name="text" label={t('text')} rules={[required(t('text'))]}>
        <Input.TextArea autoFocus rows={3} maxLength={2000} />
      </Form.Item>
      <Form.Item name="house_id" label={t('house')}>
        <HouseField estate={request.estate_id} known={request.house_no} />
      </Form.Item>
      <Form.Item name="place_text" label={t('place')}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="category" label={t('category')} rules={[required(t('category'))]}>
        <Native label={t('category')} value={null} options={options('category', categories)} />
      </Form.Item>
      <Form.Item name="urgency" label={t('urgency')} rules={[required(t('urgency'))]}>
        <Native label={t('urgency')} value={null} options={options('urgency', urgencies)} />
      </Form.Item>
      <Form.Item name="paid" valuePropName="checked">
        <Checkbox>{t('paid')}</Checkbox>
      </Form.Item>
      <Form.Item name="warranty" valuePropName="checked">
        <Checkbox>{t('warranty')}</Checkbox>
      </Form.Item>
      <Form.Item name="reason" label={t('reason')}>
        <Input maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}
