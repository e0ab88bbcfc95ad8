import type { Schema } from '@/api/client';
import { t } from '@/locales/owners';
import { Pill, type Tone } from '@/ui/text';

export const partyKinds = [
  'owner',
  'tenant',
  'user',
] as const satisfies readonly Schema<'PartyKind'>[];
export const roles = [
  'owner',
  'tenant',
  'user',
] as const satisfies readonly Schema<'OccupancyRole'>[];
export const fileStates = [
  'open',
  'incomplete',
  'complete',
  'archived',
] as const satisfies readonly Schema<'HouseFileState'>[];
export const itemKinds = [
  'handover',
  'contract',
  'id_copy',
  'fee_agreement',
  'renovation',
  'complaint',
] as const satisfies readonly Schema<'FileItemKind'>[];
/** What every file must hold; renovations and complaints do not happen in every house. */
export const requiredKinds: readonly Schema<'FileItemKind'>[] = itemKinds.slice(0, 4);
export const consultationStates = [
  'requested',
  'approved',
  'out',
  'returned',
  'rejected',
  'withdrawn',
] as const satisfies readonly Schema<'ConsultationState'>[];

/** Codes of a group with their words, for choices and filters. */
export const options = <C extends string>(group: string, codes: readonly C[]) =>
  codes.map((value) => ({ value, label: t.code(group, value) }));

/** What somebody is, mainly or in one house. */
export const RolePill = ({ role }: { role: Schema<'OccupancyRole'> }) => (
  <Pill tone={role === 'owner' ? 'accent' : 'plain'}>{t.code('role', role)}</Pill>
);

const FILE_TONE: Record<Schema<'HouseFileState'>, Tone> = {
  open: 'accent',
  complete: 'ok',
  incomplete: 'warn',
  archived: 'plain',
};
export const FilePill = ({ state }: { state: Schema<'HouseFileState'> }) => (
  <Pill tone={FILE_TONE[state]}>{t.code('file_state', state)}</Pill>
);

const CONSULTATION_TONE: Record<Schema<'ConsultationState'>, Tone> = {
  requested: 'warn',
  approved: 'accent',
  out: 'accent',
  returned: 'ok',
  rejected: 'late',
  withdrawn: 'plain',
};
export const ConsultationPill = ({ state }: { state: Schema<'ConsultationState'> }) => (
  <Pill tone={CONSULTATION_TONE[state]}>{t.code('consultation_state', state)}</Pill>
);

/** The documents that a file still lacks, in words. */
export const sayMissing = (kinds: readonly Schema<'FileItemKind'>[]) =>
  kinds.map((kind) => t.code('item', kind)).join(t('list_comma'));

/** A personal value: shown, masked for this person's post, or not there. */
export function Disclosed({
  of,
  tel,
}: {
  of: Schema<'Disclosed'> | null | undefined;
  tel?: boolean;
}) {
  if (!of) return <span className="muted">—</span>;
  if (of.masked) {
    return (
      <span className="num muted" title={t('masked.hint')}>
        {of.value ?? t('masked')}
      </span>
    );
  }
  return tel ? (
    <a className="num" href={`tel:${of.value}`}>
      {of.value}
    </a>
  ) : (
    <span className="num">{of.value}</span>
  );
}

/** Phones in the order in which they are called. */
export function Phones({ of }: { of: readonly Schema<'Disclosed'>[] }) {
  if (of.length === 0) return <span className="muted">—</span>;
  return (
    <span className="ow-phones">
      {of.map((phone, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: masked phones have nothing of their own
        <Disclosed key={i} of={phone} tel />
      ))}
    </span>
  );
}
