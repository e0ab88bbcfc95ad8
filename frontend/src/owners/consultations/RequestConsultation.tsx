import { useRouter } from '@tanstack/react-router';
import { Form, Input } from 'antd';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/owners';
import { useEstate } from '@/org/lookups';
import { DateField, FormDrawer, required } from '@/ui/form';
import { addDays, today } from '@/ui/format';
import { FileField } from '../fields';

/** A file may be out this long at most; three days unless somebody says otherwise. */
const LONGEST_DAYS = 30;
const USUAL_DAYS = 3;

/** Asks to read a file: which, what for, and when it will be back. */
export default function RequestConsultation(props: {
  file?: { id: string; name: string };
  close: () => void;
}) {
  const { file, close } = props;
  const router = useRouter();
  const { estate } = useEstate();
  return (
    <FormDrawer<Schema<'NewConsultation'>>
      open
      name={`owners.consultation.new.${file?.id ?? ''}`}
      title={t('consultation.request')}
      initial={{
        due_on: addDays(today(), USUAL_DAYS),
        ...(file && { house_file_id: file.id }),
      }}
      lead={<p className="muted">{t('consultation.request_hint')}</p>}
      onClose={close}
      onSubmit={async (body, headers) => {
        const made = await ok(api.POST('/api/v1/consultations', { body, headers }));
        reloadKind('consultation');
        router.history.push(`/consultations/${made.id}`);
      }}
    >
      <Form.Item
        name="house_file_id"
        label={t('consultation.file')}
        rules={[required(t('consultation.file'))]}
      >
        <FileField autoFocus={!file} estate={estate} known={file?.name ?? null} />
      </Form.Item>
      <Form.Item
        name="purpose"
        label={t('consultation.purpose')}
        rules={[required(t('consultation.purpose'))]}
      >
        <Input.TextArea
          autoFocus={Boolean(file)}
          rows={3}
          maxLength={500}
          placeholder={t('consultation.purposes')}
        />
      </Form.Item>
      <Form.Item
        name="due_on"
        label={t('consultation.due_on')}
        extra={t('consultation.due_hint', { n: LONGEST_DAYS })}
        rules={[required(t('consultation.due_on'))]}
      >
        <DateField min={today()} max={addDays(today(), LONGEST_DAYS)} />
      </Form.Item>
    </FormDrawer>
  );
}
