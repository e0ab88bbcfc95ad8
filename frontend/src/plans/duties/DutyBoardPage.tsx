import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useMe } from '@/access/session';
import { t as base } from '@/locales/base';
import { t } from '@/locales/plans';
import { useEstate } from '@/org/lookups';
import { mondayOf, thisMonday } from '@/org/week';
import { FullscreenButton, useFullscreen } from '@/ui/Fullscreen';
import { addDays, today } from '@/ui/format';
import type { ListSearch } from '@/ui/list/search';
import { ErrorView, Skeleton, StateView } from '@/ui/StateView';
import { DutyTabs } from './DutyTabs';
import { DutyWeek } from './DutyWeek';
import { useDutyBoard } from './data';
import { Undecided } from './Undecided';
import './duties.css';

/** The duties of a week by person and day, late first: for the Monday meeting and any morning. */
export function DutyBoardPage() {
  const { estate, name, choice } = useEstate();
  const several = useMe().estates.length > 1;
  const search = useSearch({ strict: false }) as ListSearch;
  const navigate = useNavigate();
  const page = useRef<HTMLElement>(null);
  const full = useFullscreen();
  const monday = mondayOf(search.week ?? today());
  const board = useDutyBoard(estate, monday);
  useEffect(() => {
    document.title = `${t('nav.board')} · ${base('product')}`;
  }, []);
  const show = (week: string) =>
    void navigate({
      to: '.',
      search: (week === thisMonday() ? {} : { week }) as never,
      replace: true,
    });
  return (
    <section ref={page} className={full ? 'org-page duty-board full' : 'org-page duty-board'}>
      <header className="org-head">
        <h1>{full ? `${name} ${t('nav.board')}` : t('nav.board')}</h1>
        {!full && choice}
        <Button
          icon={<LeftOutlined />}
          aria-label={t('board.before')}
          onClick={() => show(addDays(monday, -7))}
        />
        <span className="num">{t('board.week', { from: monday, until: addDays(monday, 6) })}</span>
        <Button
          icon={<RightOutlined />}
          aria-label={t('board.after')}
          onClick={() => show(addDays(monday, 7))}
        />
        {monday !== thisMonday() && (
          <Button onClick={() => show(thisMonday())}>{t('board.this_week')}</Button>
        )}
        <span className="org-spring" />
        <FullscreenButton of={page} full={full} />
      </header>
      {!full && <DutyTabs />}
      {estate === '' ? (
        <StateView icon="empty" title={t('no_estate')} />
      ) : board.isPending ? (
        <Skeleton lines={10} />
      ) : board.isError && !board.data ? (
        <ErrorView error={board.error} retry={() => board.refetch()} />
      ) : (
        <>
          {board.data.rows.length === 0 ? (
            <StateView icon="check" title={t('board.none')} hint={t('board.none_hint')} />
          ) : (
            <DutyWeek board={board.data} {...(several && { estate })} />
          )}
          {/* A window would not be seen over what fills the screen. */}
          <Undecided duties={board.data.undecided} still={full} />
        </>
      )}
    </section>
  );
}
