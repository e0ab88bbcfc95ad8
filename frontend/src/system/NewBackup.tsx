import { Form, Input, Radio } from 'antd';
import { api, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/system';
import { useEstate } from '@/org/lookups';
import { DateTimeField, FormDrawer, required } from '@/ui/form';

type Values = Schema<'NewBackupRecord'>;

/** Logs a backup, or a restore tried out. */
export default function NewBackup({ close }: { close: () => void }) {
  const { estate } = useEstate();
  return (
    <FormDrawer<Values>
      open
      name="system.backup"
      title={t('backup.new')}
      initial={{ kind: 'backup', succeeded: true, taken_at: new Date().toISOString() }}
      onClose={close}
      onSubmit={async (values, headers) => {
        await api.POST('/api/v1/backup-records', {
          body: { ...values, note: values.note || null, estate_id: estate || null },
          headers,
        });
        reloadKind('backup');
      }}
    >
      <Form.Item name="kind" label={t('backup.kind')}>
        <Radio.Group
          options={['backup', 'restore_test'].map((value) => ({
            value,
            label: t.code('backup.kind', value),
          }))}
        />
      </Form.Item>
      <Form.Item name="taken_at" label={t('backup.at')}>
        <DateTimeField />
      </Form.Item>
      <Form.Item name="succeeded" label={t('account.state')}>
        <Radio.Group
          options={[
            { value: true, label: t('backup.succeeded') },
            { value: false, label: t('backup.failed') },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="place"
        label={t('backup.place')}
        extra={t('backup.place_hint')}
        rules={[required(t('backup.place'))]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item noStyle dependencies={['succeeded']}>
        {({ getFieldValue }) => (
          <Form.Item
            name="note"
            label={t('computer.note')}
            rules={getFieldValue('succeeded') ? [] : [required(t('computer.note'))]}
          >
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        )}
      </Form.Item>
    </FormDrawer>
  );
}
