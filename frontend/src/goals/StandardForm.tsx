import { Form, Input } from 'antd';
import { api, ifMatch, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/goals';
import { DateField, FormDrawer, required } from '@/ui/form';
import { toast } from '@/ui/toast';

interface Props {
  standard: Schema<'ServiceStandard'>;
  etag: string;
  close: () => void;
}

/** A new service standard and the day from which it holds. */
export default function StandardForm({ standard, etag, close }: Props) {
  return (
    <FormDrawer<{ standard: string; since: string }>
      open
      name={`goals.standard.${standard.estate_id}`}
      title={t('standard.change')}
      initial={{ standard: standard.standard, ...(standard.since && { since: standard.since }) }}
      onClose={close}
      onSubmit={async (body, headers) => {
        await api.PATCH('/api/v1/estates/{id}/service-standard', {
          params: { path: { id: standard.estate_id } },
          body,
          headers: { ...headers, ...ifMatch(etag) },
        });
        toast(t('standard.done'));
        reloadKind('estate');
      }}
    >
      <Form.Item name="standard" label={t('standard.name')} rules={[required(t('standard.name'))]}>
        <Input autoFocus maxLength={100} />
      </Form.Item>
      <Form.Item name="since" label={t('standard.from')} rules={[required(t('standard.from'))]}>
        <DateField />
      </Form.Item>
    </FormDrawer>
  );
}
