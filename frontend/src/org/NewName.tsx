import { Form, Input, Select } from 'antd';
import { useMe } from '@/access/session';
import { api, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/org';
import { FormDrawer, required } from '@/ui/form';

/** Another name of the company, the centre or an estate. */
export default function NewName({ close }: { close: () => void }) {
  const me = useMe();
  return (
    <FormDrawer<Schema<'NewNameAlias'>>
      open
      name="org.name"
      title={t('name.new')}
      onClose={close}
      onSubmit={async (body, headers) => {
        await api.POST('/api/v1/name-aliases', { body, headers });
        reloadKind('estate');
      }}
    >
      <Form.Item name="alias" label={t('name.alias')} rules={[required(t('name.alias'))]}>
        <Input autoFocus maxLength={100} placeholder={t('name.alias_hint')} />
      </Form.Item>
      <Form.Item name="meaning" label={t('name.meaning')} rules={[required(t('name.meaning'))]}>
        <Input maxLength={100} placeholder={t('name.meaning_hint')} />
      </Form.Item>
      <Form.Item name="estate_id" label={t('field.estate')} extra={t('name.estate_hint')}>
        <Select
          allowClear
          placeholder={t('assignment.company')}
          options={me.estates.map((one) => ({ value: one.id, label: one.name }))}
        />
      </Form.Item>
    </FormDrawer>
  );
}
