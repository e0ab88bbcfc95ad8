import { Button } from 'antd';
import { api, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/owners';
import { Anchor } from '@/ui/Anchor';
import { useConfirm } from '@/ui/form';
import { Files } from '@/ui/record';
import { DateText, Pill, TimeText } from '@/ui/text';
import { itemKinds, requiredKinds } from '../words';
import { type FileRecord, nameOf } from './HouseFilePage';

type Item = Schema<'HouseFileItem'>;

interface Props {
  file: FileRecord;
  /** Puts a document of this kind in; absent for those who may not. */
  add?: (kind: Schema<'FileItemKind'>) => void;
}

/** The documents by kind: what is there, what is missing, what was voided and why. */
export function Items({ file, add }: Props) {
  const [ask, window] = useConfirm();
  const discard = (item: Item) =>
    ask({
      title: t('item.void_ask', { title: item.title }),
      text: t('item.void_text'),
      confirm: t('item.void'),
      danger: true,
      run: async (reason, headers) => {
        await api.POST('/api/v1/house-files/{id}/items/{item}/void', {
          params: { path: { id: file.id, item: item.id } },
          body: { reason },
          headers,
        });
        reloadKind('house_file');
      },
    });
  return (
    <>
      {!file.scans_open && <p className="muted">{t('item.scans_closed')}</p>}
      <dl className="ow-items">
        {itemKinds.map((kind) => {
          const items = file.items.filter((item) => item.kind === kind);
          const held = items.some((item) => !item.voided_at);
          const needed = requiredKinds.includes(kind);
          return (
            <div key={kind} className={needed && !held ? 'ow-item-missing' : undefined}>
              <dt>
                {t.code('item', kind)}{' '}
                {held ? (
                  <Pill tone="ok">{t('item.held')}</Pill>
                ) : needed ? (
                  <Pill tone="warn">{t('item.lacking')}</Pill>
                ) : (
                  <Pill>{t('item.if_any')}</Pill>
                )}
                {add && (
                  <Button
                    size="small"
                    type={needed && !held ? 'default' : 'text'}
                    aria-label={t('item.add_kind', { kind: t.code('item', kind) })}
                    onClick={() => add(kind)}
                  >
                    {t('item.add_short')}
                  </Button>
                )}
              </dt>
              {items.map((item) => (
                <Document
                  key={item.id}
                  file={file}
                  item={item}
                  {...(add && { discard: () => discard(item) })}
                />
              ))}
            </div>
          );
        })}
      </dl>
      {window}
    </>
  );
}

function Document(props: { file: FileRecord; item: Item; discard?: () => void }) {
  const { file, item, discard } = props;
  const scan = file.scans.find((one) => one.id === item.file_id);
  return (
    <dd className={item.voided_at ? 'ow-voided' : undefined}>
      <div>
        <span className="ow-item-title">{item.title}</span>{' '}
        {item.voided_at && <Pill>{t('item.voided')}</Pill>}
        <div className="muted">
          {item.document_date && (
            <>
              {t('item.dated')} <DateText value={item.document_date} /> ·{' '}
            </>
          )}
          {t('item.filed')} <TimeText value={item.created_at} /> {nameOf(file, item.created_by)}
        </div>
        {item.voided_at && (
          <div className="muted">
            {t('item.void')} <TimeText value={item.voided_at} /> {nameOf(file, item.voided_by)} ·{' '}
            {item.void_reason}
          </div>
        )}
        {item.source_kind === 'case' && (
          <Anchor href={`/cases/${item.source_id}`}>{t('item.from_case')}</Anchor>
        )}
      </div>
      {scan ? (
        <Files files={[scan]} />
      ) : (
        item.file_id && <span className="muted">{t('item.scan_there')}</span>
      )}
      {discard && !item.voided_at && (
        <Button size="small" type="text" danger onClick={discard}>
          {t('item.void')}
        </Button>
      )}
    </dd>
  );
}
