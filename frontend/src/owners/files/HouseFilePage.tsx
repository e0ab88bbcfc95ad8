import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/owners';
import { t as ui } from '@/locales/ui';
import { useConfirm } from '@/ui/form';
import { type RecordAction, RecordPage, Section, type Step, Trail } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { DateText, TimeText } from '@/ui/text';
import { toast } from '@/ui/toast';
import { ConsultationsOf } from '../consultations/ConsultationsOf';
import { HouseLink } from '../names';
import { wordsOf } from '../trail';
import { FilePill, sayMissing } from '../words';
import { Items } from './Items';
import '../owners.css';

export type FileRecord = Schema<'HouseFileRecord'>;
const AddItem = lazy(() => import('./AddItem'));
const Relocate = lazy(() => import('./Relocate'));
const Ask = lazy(() => import('../consultations/RequestConsultation'));

type Form = 'relocate' | 'consult' | { add: Schema<'FileItemKind'> | undefined };

/** The file of a house: what it must hold, what it holds, who reads it, and where it lies. */
export function HouseFilePage({ id }: { id: string }) {
  const record = useQuery({
    queryKey: ['owners', 'house-file', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/house-files/{id}', { params: { path: { id } }, signal })),
    meta: { kinds: ['house_file', 'consultation'] },
  });
  if (record.isPending) return <Skeleton lines={8} />;
  if (record.isError) return <ErrorView error={record.error} retry={() => record.refetch()} />;
  return <Loaded file={record.data} />;
}

function Loaded({ file }: { file: FileRecord }) {
  const can = useCan();
  const [open, setOpen] = useState<Form | null>(null);
  const { actions, window } = useActions(file, setOpen);
  const keeps = can('party.edit');
  const living = file.state !== 'archived';
  const [next, ...others] = actions;
  return (
    <>
      <RecordPage
        eyebrow={`${t('file.record')} ${file.no}`}
        title={file.house_no}
        state={<FilePill state={file.state} />}
        backTo="/house-files"
        {...(next && { next })}
        others={others}
        facts={[
          { label: t('field.house'), value: <HouseLink id={file.house_id} no={file.house_no} /> },
          { label: t('file.location'), value: file.location || '—' },
          { label: t('file.opened_on'), value: <DateText value={file.opened_on} /> },
          {
            label: t('file.checked_at'),
            value: file.checked_at ? (
              <>
                <TimeText value={file.checked_at} />{' '}
                <span className="muted">{nameOf(file, file.checked_by)}</span>
              </>
            ) : (
              <span className="muted">{t('file.never_checked')}</span>
            ),
          },
          ...(living
            ? [
                {
                  label: t('file.missing'),
                  value:
                    file.missing.length > 0 ? (
                      <b className="ow-warn">{sayMissing(file.missing)}</b>
                    ) : (
                      t('file.nothing_missing')
                    ),
                },
              ]
            : [
                { label: t('file.archived_on'), value: <DateText value={file.archived_on} /> },
                { label: t('file.archive_reason'), value: file.archive_reason ?? '—' },
              ]),
        ]}
        steps={stepsOf(file)}
        side={
          can('trail.read')
            ? [
                {
                  key: 'history',
                  label: ui('record.history'),
                  content: <Trail kind="house_file" id={file.id} words={wordsOf('file_state')} />,
                },
              ]
            : []
        }
      >
        <Section title={t('file.items')}>
          <Items file={file} {...(keeps && living && { add: (kind) => setOpen({ add: kind }) })} />
        </Section>
        {can('archive.consult') && (
          <Section title={t('consultations.of_file')}>
            <ConsultationsOf file={file.id} estate={file.estate_id} all={keeps} />
          </Section>
        )}
      </RecordPage>
      {window}
      <Suspense>
        {open === 'relocate' && <Relocate file={file} close={() => setOpen(null)} />}
        {open === 'consult' && (
          <Ask
            file={{ id: file.id, name: `${file.house_no} · ${file.no}` }}
            close={() => setOpen(null)}
          />
        )}
        {open !== null && typeof open === 'object' && (
          <AddItem file={file} {...(open.add && { kind: open.add })} close={() => setOpen(null)} />
        )}
      </Suspense>
    </>
  );
}

/** Who it was, as far as the record names them. */
export const nameOf = (file: FileRecord, id: string | null | undefined) =>
  id ? (file.people[id] ?? '') : '';

function useActions(file: FileRecord, open: (form: Form) => void) {
  const can = useCan();
  const [ask, window] = useConfirm();
  const params = { path: { id: file.id } };
  const consult: RecordAction = {
    key: 'consult',
    label: t('consultation.request'),
    onClick: () => open('consult'),
  };
  const add: RecordAction = {
    key: 'add',
    label: t('item.add'),
    onClick: () => open({ add: undefined }),
  };
  const check: RecordAction = {
    key: 'check',
    label: t('file.check'),
    onClick: () =>
      ask({
        title: t('file.check_ask'),
        text: t('file.check_text'),
        confirm: t('file.check'),
        reason: 'none',
        run: async (_, headers) => {
          const after = await ok(
            api.POST('/api/v1/house-files/{id}/check', { params, body: {}, headers }),
          );
          toast(
            after.missing.length === 0
              ? t('done.checked_complete')
              : t('done.checked_missing', { kinds: sayMissing(after.missing) }),
          );
          reloadKind('house_file');
        },
      }),
  };
  const archive: RecordAction = {
    key: 'archive',
    label: t('file.archive'),
    danger: true,
    onClick: () =>
      ask({
        title: t('file.archive_ask', { no: file.no }),
        text: t('file.archive_text'),
        confirm: t('file.archive'),
        danger: true,
        run: async (reason, headers) => {
          await api.POST('/api/v1/house-files/{id}/archive', { params, body: { reason }, headers });
          toast(t('done.archived'));
          reloadKind('house_file');
        },
      }),
  };
  const relocate: RecordAction = {
    key: 'relocate',
    label: t('file.relocate'),
    onClick: () => open('relocate'),
  };
  const reads = can('archive.consult') ? [consult] : [];
  if (!can('party.edit') || file.state === 'archived') return { actions: reads, window };
  const first = file.missing.length > 0 ? [add, check] : [check, add];
  return { actions: [...first, ...reads, relocate, archive], window };
}

/** Opened on handover → complete or not → archived with the owner it belonged to. */
function stepsOf(file: FileRecord): Step[] {
  const archived = file.state === 'archived';
  const complete = file.missing.length === 0;
  return [
    {
      key: 'open',
      label: t('file_state.open'),
      phase: file.state === 'open' ? 'now' : 'done',
      who: nameOf(file, file.created_by),
      at: file.created_at,
    },
    {
      key: 'weighed',
      label: archived
        ? complete
          ? t('file_state.complete')
          : t('file_state.incomplete')
        : file.state === 'open'
          ? t('step.weighed')
          : t.code('file_state', file.state),
      phase: file.state === 'open' ? 'next' : archived || complete ? 'done' : 'now',
      who: nameOf(file, file.checked_by),
      at: file.checked_at ?? null,
    },
    {
      key: 'archived',
      label: t('file_state.archived'),
      phase: archived ? 'done' : 'next',
      note: archived ? file.archive_reason : t('step.archived_when'),
    },
  ];
}
