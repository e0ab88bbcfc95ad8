import { Button } from 'antd';
import { useEffect } from 'react';
import { useCan } from '@/access/can';
import { t as base } from '@/locales/base';
import { t } from '@/locales/plans';
import { useEstate } from '@/org/lookups';
import { Section } from '@/ui/record';
import { ErrorView, Skeleton, StateView } from '@/ui/StateView';
import { DutyTable } from './DutyTable';
import { DutyTabs } from './DutyTabs';
import { useMyDuties } from './data';
import { isUndecided } from './duty';
import { useDutyActions } from './useDutyActions';
import { said } from './words';
import './duties.css';

const PARTS = ['late', 'today', 'coming'] as const;

/** What I owe: late, today, in the coming days; what was missed is explained right here. */
export function MyDutiesPage() {
  const can = useCan();
  const { estate, choice } = useEstate();
  const mine = useMyDuties(estate);
  const { explain, window } = useDutyActions();
  useEffect(() => {
    document.title = `${t('mine.title')} · ${base('product')}`;
  }, []);
  const parts = PARTS.filter((part) => (mine.data?.[part].length ?? 0) > 0);
  return (
    <section className="org-page">
      <header className="org-head">
        <h1>{t('mine.title')}</h1>
        {choice}
      </header>
      <DutyTabs />
      {estate === '' ? (
        <StateView icon="empty" title={t('no_estate')} />
      ) : mine.isPending ? (
        <Skeleton lines={8} />
      ) : mine.isError && !mine.data ? (
        <ErrorView error={mine.error} retry={() => mine.refetch()} />
      ) : parts.length === 0 ? (
        <StateView icon="check" title={t('mine.none')} hint={t('mine.none_hint')} />
      ) : (
        parts.map((part) => (
          <Section key={part} title={t(`mine.${part}`)}>
            <DutyTable
              duties={mine.data?.[part] ?? []}
              actions={(duty) =>
                isUndecided(duty) &&
                can('duty.explain') && (
                  <Button
                    size="small"
                    aria-label={`${wordOf(duty.status)}: ${said(duty.name)}`}
                    onClick={() => explain(duty)}
                  >
                    {wordOf(duty.status)}
                  </Button>
                )
              }
            />
          </Section>
        ))
      )}
      {window}
    </section>
  );
}

const wordOf = (status: string) => t(status === 'explained' ? 'explain_again' : 'explain');
