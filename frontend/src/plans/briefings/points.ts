import type { Schema } from '@/api/client';
import type { CountedRecord, Detail } from './data';

/** A point while it is written. */
export interface Draft {
  key: number;
  text: string;
  needs: Schema<'BriefingNeed'>;
  /** `kind id` of the record it is about; empty for none. */
  linked: string;
}

export interface Written {
  remarks: string;
  points: Draft[];
}

const keyOf = (of: { kind: string; id: string }) => `${of.kind} ${of.id}`;

/** What a briefing says so far, for the form. */
export const writtenOf = (it: Pick<Detail, 'remarks' | 'points'>): Written => ({
  remarks: it.remarks ?? '',
  points: it.points.map((point, key) => ({
    key,
    text: point.text,
    needs: point.needs,
    linked: point.linked ? keyOf(point.linked) : '',
  })),
});

/** A further, empty point. */
export const another = (points: readonly Draft[]): Draft[] => [
  ...points,
  { key: Math.max(-1, ...points.map((one) => one.key)) + 1, text: '', needs: 'info', linked: '' },
];

/** As it is sent; points without words are none. */
export const bodyOf = ({ remarks, points }: Written): Schema<'ChangeBriefing'> => ({
  remarks: remarks.trim(),
  points: points
    .filter((one) => one.text.trim() !== '')
    .map(({ text, needs, linked }) => {
      const [kind, id] = linked.split(' ');
      return {
        text: text.trim(),
        needs,
        linked: kind && id ? { kind: kind as Schema<'SubjectKind'>, id } : null,
      };
    }),
});

/** Whether the form says something that the briefing does not. */
export const differs = (written: Written, it: Pick<Detail, 'remarks' | 'points'>): boolean =>
  JSON.stringify(bodyOf(written)) !== JSON.stringify(bodyOf(writtenOf(it)));

/** The records that the figures name, each once, to choose from. */
export function choices(items: Detail['items']): { value: string; label: string }[] {
  const found = new Map<string, CountedRecord>();
  for (const record of items.flatMap((item) => item.records)) found.set(keyOf(record), record);
  return [...found].map(([value, record]) => ({ value, label: record.label }));
}
