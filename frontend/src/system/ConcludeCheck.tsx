import { Form, Input, Select } from 'antd';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/system';
import { FormDrawer, required } from '@/ui/form';
import type { DataCheck } from './DataChecksPage';

interface ConcludeCheckProps {
  row: DataCheck;
  close: () => void;
  done: (after: DataCheck) => void;
}

/** What a check found; without exceptions it has passed. */
export default function ConcludeCheck({ row, close, done }: ConcludeCheckProps) {
  return (
    <FormDrawer<Schema<'DataCheckResult'>>
      open
      name={`system.data-check.${row.id}`}
      title={t('check.conclude')}
      initial={{ exceptions: [] }}
      onClose={close}
      onSubmit={async (body, headers) =>
        done(
          await ok(
            api.POST('/api/v1/data-checks/{id}/conclude', {
              params: { path: { id: row.id } },
              body,
              headers,
            }),
          ),
        )
      }
    >
      <Form.Item name="result" label={t('check.result')} rules={[required(t('check.result'))]}>
        <Input.TextArea autoFocus rows={3} maxLength={500} />
      </Form.Item>
      <Form.Item name="exceptions" label={t('check.exceptions')} extra={t('check.exceptions_hint')}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
    </FormDrawer>
  );
}
