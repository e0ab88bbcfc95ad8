import { useQuery } from '@tanstack/react-query';
import { api, ok } from '@/api/client';
import { t } from '@/locales/estate';
import { t as trail } from '@/locales/trail';
import { t as ui } from '@/locales/ui';
import { Anchor } from '@/ui/Anchor';
import { PersonName } from '@/ui/PersonName';
import { RecordPage, Section, type Step, Trail } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { TimeText } from '@/ui/text';
import { isElementKind, recordHref, type StructureChange } from '../elements';
import { ElementFacts } from '../records/ElementFacts';
import { ChangePill } from '../words';
import { differences } from './Difference';
import { useDecisions } from './useDecisions';
import '../estate.css';

/** One change of the structure: what was, what is asked for, and the decision. */
export function ChangePage({ id }: { id: string }) {
  const change = useQuery({
    queryKey: ['estate', 'change', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/structure-changes/{id}', { params: { path: { id } }, signal })),
    meta: { kinds: ['structure_change'] },
  });
  if (change.isPending) return <Skeleton lines={6} />;
  if (change.isError) return <ErrorView error={change.error} retry={() => change.refetch()} />;
  return <Loaded change={change.data} />;
}

function Loaded({ change }: { change: StructureChange }) {
  const [decisions, window] = useDecisions();
  const { confirm, reject, withdraw } = decisions(change);
  const others = [reject, withdraw].filter((one) => one !== undefined);
  const fields = differences(change);
  const kind = change.subject_kind;
  return (
    <>
      <RecordPage
        eyebrow={`${t('change.record')} · ${t.code('change_kind', change.kind)}`}
        title={`${t.code('kind', kind)} ${change.title}`}
        state={<ChangePill state={change.state} />}
        backTo="/estate/changes"
        facts={[
          {
            label: t('change.proposed_by'),
            value: <PersonName id={change.proposed_by} none={t('change.by_service')} />,
          },
          {
            label: t('change.proposed_at'),
            value: <TimeText value={change.proposed_at} relative />,
          },
          { label: t('field.reason'), value: change.reason || '—' },
          ...(change.decision_note
            ? [{ label: t('change.note'), value: change.decision_note }]
            : []),
        ]}
        steps={stepsOf(change)}
        {...(confirm && { next: { ...confirm, hint: confirm.disabled } })}
        others={others}
        side={[
          {
            key: 'history',
            label: ui('record.history'),
            content: (
              <Trail
                kind="structure_change"
                id={change.id}
                words={{
                  action: (code) => trail.code('action', code),
                  state: (code) => t.code('change_state', code),
                }}
              />
            ),
          },
        ]}
      >
        <Section
          title={t('change.what')}
          extra={
            isElementKind(kind) ? (
              <Anchor href={recordHref(kind, change.subject_id)}>{t('change.open_element')}</Anchor>
            ) : (
              <Anchor href={`/imports/${change.subject_id}`}>{t('change.open_import')}</Anchor>
            )
          }
        >
          {fields.length === 0 ? (
            <p>{t.code('change_means', change.kind)}</p>
          ) : (
            <div className="es-table">
              <table>
                <thead>
                  <tr>
                    <th>{t('change.field')}</th>
                    <th>{t('change.before')}</th>
                    <th>{t('change.after')}</th>
                  </tr>
                </thead>
                <tbody>
                  {fields.map((one) => (
                    <tr key={one.field}>
                      <th scope="row">{one.label}</th>
                      <td>{one.before}</td>
                      <td>
                        <b>{one.after}</b>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          {isElementKind(kind) && change.kind !== 'alter' && (
            <ElementFacts kind={kind} id={change.subject_id} />
          )}
          {kind === 'import_run' && (
            <p>
              <Anchor href={`/estate/houses?import_run_id=${change.subject_id}`}>
                {t('change.import_houses')}
              </Anchor>
            </p>
          )}
        </Section>
      </RecordPage>
      {window}
    </>
  );
}

function stepsOf(change: StructureChange): Step[] {
  const waits = change.state === 'proposed';
  return [
    {
      key: 'proposed',
      label: t('change_step.proposed'),
      phase: 'done',
      who: <PersonName id={change.proposed_by} none={t('change.by_service')} />,
      at: change.proposed_at,
    },
    {
      key: 'decided',
      label: waits ? t('change_step.waits') : t.code('change_state', change.state),
      phase: waits ? 'now' : 'done',
      who: waits ? (
        t('change_step.by_pubsup')
      ) : (
        <PersonName id={change.decided_by} none={t('change.by_service')} />
      ),
      at: change.decided_at ?? null,
      note: change.decision_note,
    },
  ];
}
