import { Form, Input } from 'antd';
import { reloadKind } from '@/api/query';
import { send } from '@/api/send';
import { t } from '@/locales/calendar';
import { FormDrawer, required } from '@/ui/form';
import { toast } from '@/ui/toast';
import type { Calendar } from './data';

interface ImportDaysProps {
  calendar: Calendar;
  close: () => void;
}

/** A year from a table: the body of the call is the file itself. */
export default function ImportDays({ calendar, close }: ImportDaysProps) {
  const { year, estate_id } = calendar;
  return (
    <FormDrawer<{ file: File; reason: string }>
      open
      name={`calendar.import.${estate_id ?? ''}.${year}`}
      title={`${t('import')} ${year}`}
      lead={<p className="muted">{t('import.lead')}</p>}
      submitLabel={t('import')}
      unkept={['file']}
      onClose={close}
      onSubmit={async ({ file, reason }, headers) => {
        const address = new URL(`/api/v1/calendar/${year}/import`, location.origin);
        address.searchParams.set('reason', reason);
        if (estate_id) address.searchParams.set('estate_id', estate_id);
        await send(
          new Request(address, {
            method: 'POST',
            body: file,
            headers: { ...headers, 'Content-Type': 'application/octet-stream' },
          }),
        );
        toast(t('saved'));
        reloadKind('calendar_year');
      }}
    >
      <Form.Item
        name="file"
        label={t('field.file')}
        valuePropName="files"
        getValueFromEvent={(event: { target: HTMLInputElement }) => event.target.files?.[0]}
        rules={[required(t('field.file'))]}
      >
        <TableFile />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('field.reason')}
        extra={t('field.reason_hint')}
        rules={[{ ...required(t('field.reason')), whitespace: true }]}
      >
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}

/** A browser does not let a program put a file into its field, so the value only goes out. */
function TableFile(props: { id?: string; onChange?: (event: unknown) => void }) {
  return (
    <input
      id={props.id}
      type="file"
      accept=".csv,.xlsx"
      aria-label={t('import.choose')}
      onChange={props.onChange}
    />
  );
}
