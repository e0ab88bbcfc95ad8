import { useQuery } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/service_desk';
import { FormDrawer, required } from '@/ui/form';
import { Native } from '@/ui/form/Native';
import { toast } from '@/ui/toast';

/** Gives an order to another technician, the least loaded first. */
export default function Reassign({
  order,
  close,
}: {
  order: Schema<'WorkOrder'>;
  close: () => void;
}) {
  const load = useQuery({
    queryKey: ['service_desk', 'workload', order.estate_id],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/workload', { params: { query: { estate_id: order.estate_id } }, signal }),
      ),
    meta: { kinds: ['work_order'] },
  });
  const choices = (load.data?.technicians ?? [])
    .filter((one) => one.technician_id !== order.technician_id)
    .sort((a, b) => a.open_minutes - b.open_minutes)
    .map((one) => ({
      value: one.technician_id,
      label: `${one.name} · ${t('suggest.load', { open: one.open_orders, minutes: one.open_minutes })}`,
    }));
  return (
    <FormDrawer<Schema<'ReassignOrder'>>
      open
      name={`service_desk.reassign.${order.id}`}
      title={t('order.reassign')}
      onClose={close}
      onSubmit={async (body, headers) => {
        await api.POST('/api/v1/work-orders/{id}/reassign', {
          params: { path: { id: order.id } },
          body,
          headers,
        });
        toast(t('order.done'));
        reloadKind('work_order');
      }}
    >
      <Form.Item
        name="technician_id"
        label={t('order.reassign_to')}
        rules={[required(t('order.reassign_to'))]}
      >
        <Native label={t('order.reassign_to')} value={null} blank="" options={choices} />
      </Form.Item>
      <Form.Item name="reason" label={t('reason')} rules={[required(t('reason'))]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}
