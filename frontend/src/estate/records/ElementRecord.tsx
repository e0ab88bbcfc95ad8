import { type ReactNode, useState } from 'react';
import { useCan } from '@/access/can';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/estate';
import { t as trail } from '@/locales/trail';
import { t as ui } from '@/locales/ui';
import { Anchor } from '@/ui/Anchor';
import { useConfirm } from '@/ui/form';
import { PersonName } from '@/ui/PersonName';
import {
  Attached,
  type RecordAction,
  RecordPage,
  Section,
  StateSteps,
  type Step,
  Trail,
} from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { toast } from '@/ui/toast';
import { Difference } from '../changes/Difference';
import { sayField, sayValue } from '../changes/said';
import { useDecisions } from '../changes/useDecisions';
import {
  type ElementKind,
  type Elements,
  listHref,
  retireElement,
  type StructureChange,
} from '../elements';
import { ElementForm } from '../forms';
import { useChangesOf, useElement } from '../lookups';
import { StatePill, titleOf } from '../words';
import { factsOf } from './facts';
import '../estate.css';

interface PageProps<K extends ElementKind> {
  kind: K;
  id: string;
  children?: (element: Elements[K]) => ReactNode;
}

/** The page of an element that has no page of its own making. */
export function ElementPage<K extends ElementKind>({ kind, id, children }: PageProps<K>) {
  const element = useElement(kind, id);
  if (element.isPending) return <Skeleton lines={8} />;
  if (element.isError) return <ErrorView error={element.error} retry={() => element.refetch()} />;
  return (
    <ElementRecord kind={kind} element={element.data}>
      {children?.(element.data)}
    </ElementRecord>
  );
}

interface RecordProps<K extends ElementKind> {
  kind: K;
  element: Elements[K];
  /** Above the title, beside the kind: what it belongs to. */
  within?: string;
  /** Further actions of this kind. */
  actions?: readonly RecordAction[];
  children?: ReactNode;
}

/**
 * One element of the inventory: what is known, draft → active → retired with who moved it, the
 * change that waits with its decision, edits and retirement by the desk, files and history.
 */
export function ElementRecord<K extends ElementKind>(props: RecordProps<K>) {
  const { kind, element, actions = [] } = props;
  const can = useCan();
  const [ask, window] = useConfirm();
  const [decisions, decisionWindow] = useDecisions();
  const [editing, setEditing] = useState(false);
  const changes = useChangesOf(kind, element);
  const waiting = changes.find((change) => change.state === 'proposed');
  const { confirm, reject, withdraw } = waiting ? decisions(waiting) : {};
  const title = titleOf(kind, element);

  const retire = () =>
    ask({
      title: t('element.retire_ask', { title }),
      text: t('element.retire_text'),
      confirm: t('element.retire'),
      danger: true,
      run: async (reason, headers) => {
        await retireElement(kind, element.id, reason, headers);
        toast(t('done.waits'));
        reloadKind('structure_change');
      },
    });
  const steps = stepsOf(element, changes);
  const living = element.state !== 'retired';
  const others: RecordAction[] = [
    ...(can('estate.edit') && living
      ? [
          { key: 'change', label: t('element.change'), onClick: () => setEditing(true) },
          {
            key: 'retire',
            label: t('element.retire'),
            danger: true,
            onClick: retire,
            ...(waiting && { disabled: t('element.one_waits') }),
          },
        ]
      : []),
    ...actions,
    ...[reject, withdraw].filter((one) => one !== undefined),
  ];
  return (
    <>
      <RecordPage
        eyebrow={[t.code('kind', kind), props.within].filter(Boolean).join(' · ')}
        title={title}
        state={<StatePill state={element.state} />}
        backTo={listHref(kind)}
        facts={factsOf(kind, element)}
        {...(element.state !== 'active' && { steps })}
        {...(confirm && { next: confirm })}
        others={others}
        side={[
          {
            key: 'files',
            label: ui('record.files'),
            content: <Attached kind={kind} id={element.id} />,
          },
          ...(can('trail.read')
            ? [
                {
                  key: 'history',
                  label: ui('record.history'),
                  content: (
                    <Trail
                      kind={kind}
                      id={element.id}
                      words={{
                        action: (code) => trail.code('action', code),
                        state: (code) => t.code('state', code),
                        // The line says the state it led to; it need not be said twice.
                        field: (field) => (field === 'state' ? '' : sayField(field)),
                        value: (field, value) => sayValue(kind, field, value),
                      }}
                    />
                  ),
                },
              ]
            : []),
        ]}
      >
        {waiting && <Waiting change={waiting} />}
        {props.children}
        {/* Once in use, how it came there is what people ask last. */}
        {element.state === 'active' && (
          <Section title={ui('record.steps')}>
            <StateSteps steps={steps} />
          </Section>
        )}
      </RecordPage>
      {window}
      {decisionWindow}
      {editing && <ElementForm kind={kind} element={element} close={() => setEditing(false)} />}
    </>
  );
}

/** What waits for the supervisor, above everything else. */
function Waiting({ change }: { change: StructureChange }) {
  return (
    <section className="notice notice-warn es-waiting" aria-label={t('changes.tab_waiting')}>
      <div>
        <b>{t('element.waits', { what: t.code('change_kind', change.kind) })}</b>
        {change.kind === 'retire' ? change.reason : <Difference change={change} />}
        <div>
          <PersonName id={change.proposed_by} none={t('change.by_service')} />
          {' · '}
          <Anchor href={`/estate/changes/${change.id}`}>{t('element.see_change')}</Anchor>
        </div>
      </div>
    </section>
  );
}

/** Draft → active → retired, each with who moved it there, as the decided changes tell. */
function stepsOf(
  element: Elements[ElementKind],
  changes: readonly StructureChange[],
): readonly Step[] {
  const decided = (kind: StructureChange['kind'], state: StructureChange['state']) =>
    changes.find((change) => change.kind === kind && change.state === state);
  const made = decided('create', 'confirmed');
  const dropped = decided('create', 'rejected') ?? decided('create', 'withdrawn');
  const gone = decided('retire', 'confirmed') ?? dropped;
  const { state } = element;
  return [
    {
      key: 'draft',
      label: t('step.draft'),
      phase: state === 'draft' ? 'now' : 'done',
      who: element.created_by ? <PersonName id={element.created_by} /> : null,
      at: element.created_at,
    },
    {
      key: 'active',
      label: t('step.active'),
      phase: state === 'active' ? 'now' : state === 'draft' ? 'next' : dropped ? 'skipped' : 'done',
      who: made ? (
        <PersonName id={made.decided_by} />
      ) : state === 'draft' ? (
        t('change_step.by_pubsup')
      ) : null,
      at: made?.decided_at ?? null,
    },
    {
      key: 'retired',
      label: t('step.retired'),
      phase: state === 'retired' ? 'now' : 'next',
      who: state === 'retired' && gone ? <PersonName id={gone.decided_by} /> : null,
      at: state === 'retired' ? (gone?.decided_at ?? null) : null,
      note: state === 'retired' ? gone?.reason || gone?.decision_note : null,
    },
  ];
}
