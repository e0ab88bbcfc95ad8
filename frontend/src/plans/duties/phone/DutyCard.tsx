import { useState } from 'react';
import { useCan } from '@/access/can';
import { t } from '@/locales/duty';
import { labelled } from '@/ui/format';
import { BigButton, Card } from '@/ui/phone';
import { type Duty, isUndecided, turnBesideDue } from '../duty';
import { DutyDue, evidenceText, OptionalPill, StatusPill, said } from '../words';
import { useStatusOf } from './duties';
import { ExplainSheet } from './ExplainSheet';

/** One duty; a missed one is explained right here, one tap and the words. */
export function DutyCard({ duty }: { duty: Duty }) {
  const can = useCan();
  const status = useStatusOf(duty);
  const [explaining, setExplaining] = useState(false);
  const turn = turnBesideDue(duty);
  const word = t(status === 'explained' ? 'explain_again' : 'explain');
  return (
    <>
      <Card
        to={`/duties/${duty.id}`}
        title={said(duty.name)}
        {...(duty.late && { tone: 'late' as const })}
        meta={
          <>
            <StatusPill status={status} />
            <OptionalPill optional={duty.optional} />
            <DutyDue duty={{ ...duty, status }} />
            {turn && <span>{turn}</span>}
          </>
        }
      >
        <p>{evidenceText(duty)}</p>
        {duty.explanation && (
          <p>
            {labelled(t('explanation'))}
            {duty.explanation}
          </p>
        )}
        {duty.remark && (
          <p>
            {labelled(t('remark'))}
            {duty.remark}
          </p>
        )}
      </Card>
      {isUndecided({ status }) && can('duty.explain') && (
        <BigButton
          kind={status === 'missed' ? 'primary' : 'plain'}
          aria-label={`${word} ${said(duty.name)}`}
          onClick={() => setExplaining(true)}
        >
          {word}
        </BigButton>
      )}
      {explaining && <ExplainSheet duty={duty} close={() => setExplaining(false)} />}
    </>
  );
}
