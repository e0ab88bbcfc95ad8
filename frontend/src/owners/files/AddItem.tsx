import { Form, Input } from 'antd';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/owners';
import { DateField, FilesField, FormDrawer, required } from '@/ui/form';
import { toast } from '@/ui/toast';
import { CaseField } from '../fields';
import { itemKinds, sayMissing } from '../words';

type Kind = Schema<'FileItemKind'>;
interface Values {
  kind: Kind;
  title: string;
  document_date?: string | null;
  files?: string[];
  source_id?: string | null;
}

/** Puts a document into a file; the scan is optional, the paper may lie in the cabinet. */
export default function AddItem(props: {
  file: Schema<'HouseFileRecord'>;
  kind?: Kind;
  close: () => void;
}) {
  const { file, close } = props;
  const can = useCan();
  const first = props.kind ?? file.missing[0] ?? 'handover';
  return (
    <FormDrawer<Values>
      open
      name={`owners.file.${file.id}.item`}
      title={t('item.add')}
      unkept={['files']}
      initial={{ kind: first, title: t.code('item', first) }}
      lead={
        file.missing.length > 0 && (
          <p>{t('item.missing_now', { kinds: sayMissing(file.missing) })}</p>
        )
      }
      onClose={close}
      onSubmit={async ({ kind, title, document_date, files, source_id }, headers) => {
        const from = kind === 'complaint' && source_id ? source_id : null;
        const after = await ok(
          api.POST('/api/v1/house-files/{id}/items', {
            params: { path: { id: file.id } },
            body: {
              kind,
              title: title.trim(),
              document_date: document_date ?? null,
              file_id: files?.[0] ?? null,
              ...(from && { source_kind: 'case' as const, source_id: from }),
            },
            headers,
          }),
        );
        toast(
          after.state === 'complete' && file.state !== 'complete'
            ? t('done.complete')
            : t('done.filed'),
        );
        reloadKind('house_file');
      }}
    >
      {(form) => (
        <>
          <Form.Item name="kind" label={t('item.kind')} rules={[required(t('item.kind'))]}>
            <Kinds
              onChoose={(kind) => {
                const title = form.getFieldValue('title');
                // A title that only repeats the kind follows it; words typed by hand stay.
                if (!title || itemKinds.some((one) => t.code('item', one) === title)) {
                  form.setFieldValue('title', t.code('item', kind));
                }
              }}
            />
          </Form.Item>
          <Form.Item name="title" label={t('item.title')} rules={[required(t('item.title'))]}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="document_date" label={t('item.date')}>
            <DateField />
          </Form.Item>
          {can('case.read') && (
            <Form.Item noStyle dependencies={['kind']}>
              {() =>
                form.getFieldValue('kind') === 'complaint' && (
                  <Form.Item name="source_id" label={t('item.case')}>
                    <CaseField estate={file.estate_id} />
                  </Form.Item>
                )
              }
            </Form.Item>
          )}
          <Form.Item name="files" label={t('item.scan')} extra={t('item.scan_hint')}>
            <FilesField max={1} />
          </Form.Item>
        </>
      )}
    </FormDrawer>
  );
}

interface KindsProps {
  value?: Kind;
  onChange?: (kind: Kind) => void;
  onChoose: (kind: Kind) => void;
}

function Kinds({ value, onChange, onChoose }: KindsProps) {
  return (
    <div className="ow-kinds" role="radiogroup" aria-label={t('item.kind')}>
      {itemKinds.map((kind) => (
        <label key={kind} className={kind === value ? 'on' : undefined}>
          <input
            type="radio"
            name="item-kind"
            checked={kind === value}
            onChange={() => {
              onChange?.(kind);
              onChoose(kind);
            }}
          />
          {t.code('item', kind)}
        </label>
      ))}
    </div>
  );
}
