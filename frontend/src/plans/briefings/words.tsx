import { t } from '@/locales/briefings';
import { usePostTitle } from '@/org/posts';
import { Pill, type Tone } from '@/ui/text';
import type { Briefing } from './data';

// Without antd: the phone pages use these too.

const TONES: Record<Briefing['state'], Tone> = {
  prepared: 'plain',
  reported: 'accent',
  heard: 'ok',
};

type Standing = Pick<Briefing, 'state' | 'missing' | 'late'>;

/** Where it stands; what should be there and is not says so in red. */
export function BriefingPill({ of }: { of: Standing }) {
  return (
    <>
      {of.missing ? (
        <Pill tone="late">{t('missing')}</Pill>
      ) : (
        <Pill tone={TONES[of.state]}>{t.code('state', of.state)}</Pill>
      )}
      {of.late && <Pill tone="warn">{t('late')}</Pill>}
    </>
  );
}

type Told = Pick<Briefing, 'employee_name' | 'from_post' | 'reported_by_name' | 'reported_for'>;

/** Who reports: the person and their post, before them whoever has done it for them. */
export function Teller({ of }: { of: Told }) {
  const title = usePostTitle();
  return (
    <>
      {of.reported_for && of.reported_by_name
        ? `${of.reported_by_name} ${t('as_stand_in', { name: of.employee_name ?? '—' })}`
        : of.employee_name}{' '}
      <span className="muted">{title(of.from_post)}</span>
    </>
  );
}

/** How many points there are, and how many want a decision. */
export function PointCount({ of }: { of: Pick<Briefing, 'point_count' | 'decision_count'> }) {
  if (of.point_count === 0) return null;
  return (
    <>
      {t('points_n', { n: of.point_count })}
      {of.decision_count > 0 && (
        <>
          {' '}
          <Pill tone="warn">{t('decisions_n', { n: of.decision_count })}</Pill>
        </>
      )}
    </>
  );
}
