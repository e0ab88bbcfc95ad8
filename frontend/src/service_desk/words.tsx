import { type ComponentType, createElement, lazy, Suspense } from 'react';
import { can } from '@/access/can';
import { useMe } from '@/access/session';
import type { Kind, Schema } from '@/api/client';
import { t } from '@/locales/service_desk';
import { t as trailWords } from '@/locales/trail';
import type { ListQuery } from '@/ui/list';
import { type FileEntry, Files, type SidePanel, Trail } from '@/ui/record';
import './service_desk.css';

/** A form that loads when it opens. */
export function lazily<P extends object>(load: () => Promise<{ default: ComponentType<P> }>) {
  const Form = lazy(load);
  return (props: P) => <Suspense>{createElement(Form as ComponentType<P>, props)}</Suspense>;
}

export const categories = [
  'water',
  'power',
  'gas',
  'tv',
  'phone',
  'network',
  'shared_facility',
  'other',
] as const satisfies readonly Schema<'RepairCategory'>[];
export const urgencies = [
  'normal',
  'urgent',
  'emergency',
] as const satisfies readonly Schema<'Urgency'>[];

export const sources = [
  'owner',
  'patrol',
  'anomaly',
  'alarm_test',
  'inspection',
  'computer_fault',
] as const satisfies readonly Schema<'RepairSource'>[];

/** An order in these states is still with its technician. */
export const inWork: ReadonlySet<Schema<'OrderState'>> = new Set([
  'dispatched',
  'accepted',
  'on_site',
  'pending_material',
  'pending_resident',
  'returned_to_work',
]);

/** Codes of a group with their words, for choices and filters. */
export const options = <C extends string>(group: string, codes: readonly C[]) =>
  codes.map((value) => ({ value, label: t.code(group, value) }));

/** The list's conditions as the typed query of an operation: the server checks each of them. */
// biome-ignore lint/suspicious/noExplicitAny: an address is plain text; the names are the filters' keys
export const asQuery = (query: ListQuery) => query as any;

/** Which estate, asked only of people who work in several. */
export function useEstates() {
  return useMe().estates.map((one) => ({ value: one.id, label: one.name }));
}

const FILED: ReadonlySet<Kind> = new Set(['case', 'dispute', 'repair_request', 'work_order']);
const AddFiles = lazily(async () => ({ default: (await import('./AddFiles')).AddFiles }));

/** Files and history beside a record; the history only for those who may read it. */
export function sidePanels(
  kind: Kind,
  id: string,
  stateGroup: string,
  files: readonly FileEntry[],
): SidePanel[] {
  const panels: SidePanel[] = [
    {
      key: 'files',
      label: t('files'),
      content: (
        <>
          <Files files={files} />
          {FILED.has(kind) && can('file.create') && <AddFiles kind={kind} id={id} />}
        </>
      ),
    },
  ];
  if (can('trail.read')) {
    const content = (
      <Trail
        kind={kind}
        id={id}
        words={{
          action: (code) => {
            const own = `trail.${kind}.${code}`;
            return t.has(own) ? t.code(`trail.${kind}`, code) : trailWords.code('action', code);
          },
          state: (code) => t.code(stateGroup, code),
        }}
      />
    );
    panels.push({ key: 'history', label: t('history'), content });
  }
  return panels;
}
