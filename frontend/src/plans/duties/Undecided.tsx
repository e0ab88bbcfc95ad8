import { Button } from 'antd';
import { useState } from 'react';
import { useCan } from '@/access/can';
import { useMe } from '@/access/session';
import { t } from '@/locales/plans';
import { Section } from '@/ui/record';
import { DutyTable } from './DutyTable';
import type { Duty } from './duty';
import { useDutyActions } from './useDutyActions';
import { said } from './words';

/** Rows shown at first: one screen of them. */
const FIRST = 20;

/** What was missed in earlier weeks and nobody has decided on, the oldest first. */
export function Undecided({ duties, still }: { duties: readonly Duty[]; still: boolean }) {
  const can = useCan();
  const person = useMe().employee?.id;
  const [limit, setLimit] = useState(FIRST);
  const [asked, setAsked] = useState<string | null>(null);
  const { decideFromList, window } = useDutyActions();
  const rest = duties.length - limit;

  const button = (duty: Duty, what: 'waive' | 'confirm') => (
    <Button
      size="small"
      danger={what === 'confirm'}
      loading={asked === `${what} ${duty.id}`}
      aria-label={`${t(what)}: ${said(duty.name)}`}
      onClick={async () => {
        setAsked(`${what} ${duty.id}`);
        await decideFromList(duty, what);
        setAsked(null);
      }}
    >
      {t(what)}
    </Button>
  );
  return (
    <Section title={t('undecided.title')}>
      {duties.length === 0 ? (
        <p className="muted">{t('undecided.none')}</p>
      ) : (
        <DutyTable
          whose
          duties={duties.slice(0, limit)}
          {...(can('duty.decide') &&
            !still && {
              actions: (duty: Duty) =>
                // Nobody decides on their own work.
                (!duty.employee || duty.employee !== person) && (
                  <span className="duty-acts">
                    {button(duty, 'waive')}
                    {button(duty, 'confirm')}
                  </span>
                ),
            })}
        />
      )}
      {rest > 0 && (
        <Button onClick={() => setLimit(limit + 50)}>{t('more', { n: Math.min(rest, 50) })}</Button>
      )}
      {window}
    </Section>
  );
}
