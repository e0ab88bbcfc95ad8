import { Form } from 'antd';
import { api, type Kind } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/ui';
import { FilesField, FormDrawer, required } from '../form';

interface Props {
  kind: Kind;
  id: string;
  close: () => void;
}

/** Puts photos and papers on a record. */
export default function AttachFiles({ kind, id, close }: Props) {
  return (
    <FormDrawer<{ file_ids: string[] }>
      open
      name={`attach.${kind}.${id}`}
      title={t('form.file_add')}
      onClose={close}
      onSubmit={async ({ file_ids }, headers) => {
        await api.POST('/api/v1/attachments', {
          body: { subject_kind: kind, subject_id: id, file_ids },
          headers,
        });
        reloadKind(kind);
      }}
    >
      <Form.Item name="file_ids" label={t('record.files')} rules={[required(t('record.files'))]}>
        <FilesField />
      </Form.Item>
    </FormDrawer>
  );
}
