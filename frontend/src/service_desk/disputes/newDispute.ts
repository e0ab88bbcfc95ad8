import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/service_desk';
import type { Step, StepField } from '../StepForm';
import { options } from '../words';

export const disputeKinds = [
  'owner_management',
  'owner_owner',
] as const satisfies readonly Schema<'DisputeKind'>[];

type Side = Schema<'PartySide'>;
/** Where the party of a side stands in the request body, so that a refusal finds its field. */
const PLACE = { applicant: 0, respondent: 1 } as const satisfies Record<Side, number>;
type Party = Partial<Pick<Schema<'NewParty'>, 'role' | 'house_id' | 'name' | 'phone'>>;
interface Values {
  kind: Schema<'DisputeKind'>;
  subject: string;
  estate_id?: string;
  occurred_at?: string;
  parties: Party[];
}

interface Begin {
  estates: readonly { value: string; label: string }[];
  /** The case it comes out of: same estate, its house and text to begin with. */
  origin?: Schema<'CaseDetail'>;
  /** Called with the id of the new dispute. */
  made: (id: string) => void;
}

/** The form by which a dispute is written down. */
export function newDispute({ estates, origin, made }: Begin): Step {
  const estate = origin?.estate_id ?? estates[0]?.value ?? null;
  const asksEstate = !origin && estates.length > 1;
  const side = (which: Side, when?: StepField['when']): StepField[] => {
    const at = (part: keyof Party) => ['parties', PLACE[which], part];
    const named = (label: string) => `${t.code('side', which)} · ${label}`;
    const only = when && { when };
    const known = which === 'applicant' ? (origin?.house_no ?? null) : null;
    return [
      {
        name: at('house_id'),
        label: named(t('house')),
        kind: 'house',
        estate,
        known,
        ...only,
      },
      { name: at('name'), label: named(t('contact')), kind: 'line', ...only },
      { name: at('phone'), label: named(t('phone')), kind: 'line', ...only },
      {
        name: at('role'),
        label: named(t('disputes.role')),
        kind: 'choice',
        options: options('role', ['owner', 'user', 'other']),
        ...only,
      },
    ];
  };
  return {
    name: origin ? `service_desk.dispute.${origin.id}` : 'service_desk.dispute',
    title: t('disputes.new'),
    initial: {
      kind: origin ? 'owner_management' : 'owner_owner',
      parties: [{ role: 'owner', ...(origin && { house_id: origin.house_id }) }, { role: 'owner' }],
      ...(origin && { subject: origin.text }),
      ...(asksEstate && { estate_id: estate }),
    },
    fields: [
      { name: 'subject', label: t('disputes.subject'), kind: 'lines', required: true },
      {
        name: 'kind',
        label: t('kind'),
        kind: 'choice',
        options: options('dispute_kind', disputeKinds),
        required: true,
      },
      ...(asksEstate
        ? [
            {
              name: 'estate_id',
              label: t('estate'),
              kind: 'choice' as const,
              options: estates,
              required: true,
            },
          ]
        : []),
      ...side('applicant'),
      ...side('respondent', (values) => values.kind === 'owner_owner'),
      { name: 'occurred_at', label: t('happened_at'), kind: 'time', hint: t('time_hint') },
    ],
    run: async (values: Values, headers) => {
      const party = (which: Side): Schema<'NewParty'> => {
        const typed = values.parties[PLACE[which]];
        return {
          side: which,
          role: typed?.role ?? 'owner',
          house_id: typed?.house_id || null,
          name: typed?.name?.trim() || null,
          phone: typed?.phone?.trim() || null,
        };
      };
      const body: Schema<'NewDispute'> = {
        kind: values.kind,
        subject: values.subject,
        estate_id: values.estate_id ?? origin?.estate_id ?? null,
        origin_case: origin?.id ?? null,
        occurred_at: values.occurred_at ?? null,
        parties: [
          party('applicant'),
          values.kind === 'owner_management'
            ? { side: 'respondent', role: 'management', name: t('disputes.management') }
            : party('respondent'),
        ],
      };
      const { id } = await ok(api.POST('/api/v1/disputes', { body, headers }));
      reloadKind('dispute');
      if (origin) reloadKind('case');
      made(id);
    },
  };
}
