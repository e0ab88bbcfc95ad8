import { useState } from 'react';
import { api, ok } from '@/api/client';
import { t } from '@/locales/system';
import { t as trail } from '@/locales/trail';
import { t as ui } from '@/locales/ui';
import kinds from '@/locales/zh-CN/trail';
import { DetailDrawer } from '@/ui/DetailDrawer';
import { PersonField } from '@/ui/form/Combo';
import { aside, listed } from '@/ui/format';
import { ListPage } from '@/ui/list';
import { PersonName } from '@/ui/PersonName';
import { Facts } from '@/ui/record';
import { Pill, TimeText } from '@/ui/text';
import { changesOf, type TrailLine, whatWasDone, whoDid } from './trail';
import './system.css';

const kindOptions = () =>
  Object.keys(kinds)
    .filter((key) => key.startsWith('kind.'))
    .map((key) => key.slice('kind.'.length))
    .map((value) => ({ value, label: trail.code('kind', value) }));

const LATE_MS = 5 * 60_000;
const isLate = (line: TrailLine) =>
  Date.parse(line.recorded_at) - Date.parse(line.occurred_at) > LATE_MS;

const summary = (line: TrailLine) =>
  changesOf(line)
    .map(({ before, after }) => (before ? `${before} → ${after}` : after))
    .join('；');

/** Every line of the trail in one's estates, newest first. */
export function AuditPage() {
  const [open, setOpen] = useState<TrailLine | null>(null);
  return (
    <>
      <ListPage<TrailLine>
        name="system.audit"
        title={t('audit.title')}
        kinds={[]}
        fetch={(query, signal) => ok(api.GET('/api/v1/audit', { params: { query }, signal }))}
        rowKey={(line) => line.id}
        onOpen={setOpen}
        exportPath="/api/v1/audit"
        columns={[
          {
            key: 'what',
            title: t('audit.what'),
            render: (line) => whatWasDone(line),
            width: 220,
            card: 'title',
          },
          {
            key: 'when',
            title: t('audit.when'),
            render: (line) => (
              <>
                <TimeText value={line.occurred_at} />{' '}
                {isLate(line) && <Pill tone="warn">{t('audit.late')}</Pill>}
              </>
            ),
            width: 220,
          },
          { key: 'who', title: t('audit.who'), render: (line) => <Who line={line} />, width: 180 },
          { key: 'changes', title: t('audit.changes'), render: summary, wrap: true },
          { key: 'reason', title: t('audit.reason'), render: (line) => line.reason, wrap: true },
        ]}
        filters={[
          { key: 'kind', label: t('audit.kind'), kind: 'choice', options: kindOptions() },
          {
            key: 'employee_id',
            label: t('audit.who'),
            kind: 'record',
            Field: PersonField,
            Name: PersonName,
          },
          {
            key: 'recorded',
            label: t('audit.recorded'),
            kind: 'dates',
            from: 'from',
            until: 'until',
          },
        ]}
        empty={{ title: t('audit.none'), hint: t('audit.none_hint') }}
      />
      <Detail line={open} close={() => setOpen(null)} />
    </>
  );
}

function Who({ line }: { line: TrailLine }) {
  return (
    <span>
      {whoDid(line)}
      {line.acting_for_name && (
        <span className="muted">
          {aside(ui('record.acting_for', { name: line.acting_for_name }))}
        </span>
      )}
    </span>
  );
}

function Detail({ line, close }: { line: TrailLine | null; close: () => void }) {
  const changes = line ? changesOf(line) : [];
  return (
    <DetailDrawer open={line !== null} title={line ? whatWasDone(line) : ''} onClose={close}>
      {line && (
        <>
          <Facts
            facts={[
              { label: t('audit.who'), value: <Who line={line} /> },
              { label: t('audit.occurred'), value: <TimeText value={line.occurred_at} relative /> },
              { label: t('audit.recorded'), value: <TimeText value={line.recorded_at} /> },
              { label: t('audit.reason'), value: line.reason ?? '—' },
              { label: t('audit.clauses'), value: listed(line.clauses) || '—' },
            ]}
          />
          {changes.length > 0 && (
            <table className="audit-changes" style={{ marginTop: 16 }}>
              <thead>
                <tr>
                  <th>{t('audit.before')}</th>
                  <th>{t('audit.after')}</th>
                </tr>
              </thead>
              <tbody>
                {changes.map((change) => (
                  <tr key={change.field}>
                    <td>{change.before || '—'}</td>
                    <td>{change.after}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </>
      )}
    </DetailDrawer>
  );
}
