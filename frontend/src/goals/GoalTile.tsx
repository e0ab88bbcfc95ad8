import type { Schema } from '@/api/client';
import { t } from '@/locales/figure';
import { Anchor } from '@/ui/Anchor';
import {
  fractionText,
  goalName,
  notesOf,
  reach,
  StatusPill,
  standing,
  targetText,
  valueText,
} from './words';
import './figures.css';

/** One goal of the board: what was reached, what was asked, how it stands and why. */
export function GoalTile({ row, href }: { row: Schema<'GoalFigure'>; href: string }) {
  const { goal } = row;
  const shown = standing(row);
  return (
    <Anchor className={`goal-tile goal-${shown.status}`} href={href}>
      <span className="goal-name">
        {goal.no} {goalName(goal)}
      </span>
      <b className="goal-value num">{valueText(goal.unit, shown.value_e2)}</b>
      <span className="goal-line">
        <StatusPill status={shown.status} />
        <span className="muted num">{t('target', { target: targetText(goal) })}</span>
      </span>
      <ReachBar row={row} />
      {shown.value_e2 !== null && (
        <span className="goal-counted muted num">
          <span>{fractionText(goal, shown)}</span>
          <span>{t(shown.final ? 'signed' : 'provisional')}</span>
        </span>
      )}
      {notesOf(goal, shown).map((note) => (
        <span key={note} className="goal-note">
          {note}
        </span>
      ))}
    </Anchor>
  );
}

/** How near the value is to its target; the figures beside it say the same in numbers. */
export function ReachBar({ row }: { row: Schema<'GoalFigure'> }) {
  const shares = reach(row.goal, standing(row));
  if (!shares) return null;
  return (
    <span className="goal-reach" aria-hidden="true">
      <span style={{ width: `${shares.value * 100}%` }} />
      <i style={{ left: `${shares.target * 100}%` }} />
    </span>
  );
}
