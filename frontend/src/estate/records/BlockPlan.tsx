import { useState } from 'react';
import type { Schema } from '@/api/client';
import { t } from '@/locales/estate';
import { Anchor } from '@/ui/Anchor';
import { useNarrow } from '@/ui/hooks';
import { type Elements, recordHref } from '../elements';
import { houseStatuses, sayFloor } from '../words';
import '@/ui/tabs.css';

export type Plan = Omit<Schema<'BlockPlan'>, 'units'> & { units: Elements['unit'][] };
type House = Elements['house'];

/** One way up a block: a unit, or the houses that belong to none. */
interface Stair {
  id: string | null;
  label: string;
  /** Doors on the widest floor: so many columns. */
  width: number;
}

/** The stairs of a plan, each as wide as its fullest floor. */
export function stairsOf(plan: Plan): Stair[] {
  const ids = [...plan.units.map((unit) => unit.id), null];
  const stairs = ids.map((id): Stair => {
    const unit = plan.units.find((one) => one.id === id);
    const perFloor = plan.floors.map((floor) => doorsOf(floor.houses, id).length);
    return {
      id,
      label: unit ? t('unit.called', { no: unit.no }) : t('unit.none'),
      width: Math.max(0, ...perFloor),
    };
  });
  return stairs.filter((stair) => stair.width > 0);
}

const doorsOf = (houses: readonly House[], unit: string | null) =>
  houses.filter((house) => (house.unit_id ?? null) === unit);

interface PlanProps {
  plan: Plan;
  /** Only this unit. */
  unit?: string;
  /** On paper: all units side by side, nothing to tap. */
  paper?: boolean;
}

/** A block as one sees it from outside: floors from the top down, units side by side. */
export function BlockPlan({ plan, unit, paper = false }: PlanProps) {
  const narrow = useNarrow();
  const all = stairsOf(plan);
  const [chosen, setChosen] = useState<string | null | undefined>(unit);
  // A phone has room for one unit; a tap on its name shows another.
  const one = unit ?? (narrow && !paper && all.length > 1 ? (chosen ?? all[0]?.id) : undefined);
  const stairs = one === undefined ? all : all.filter((stair) => stair.id === one);
  if (all.length === 0) return <p className="muted">{t('plan.none')}</p>;
  const shown = plan.floors
    .flatMap((floor) => floor.houses)
    .filter((house) => stairs.some((stair) => stair.id === (house.unit_id ?? null)));
  return (
    <div className={paper ? 'es-plan on-paper' : 'es-plan'}>
      {narrow && !paper && !unit && all.length > 1 && (
        <div className="tabs">
          {all.map((stair) => (
            <button
              key={stair.id ?? ''}
              type="button"
              className="tab"
              aria-pressed={stair.id === one}
              onClick={() => setChosen(stair.id)}
            >
              {stair.label}
            </button>
          ))}
        </div>
      )}
      <ul className="es-legend" aria-label={t('plan.legend')}>
        {houseStatuses.map((status) => {
          const n = shown.filter((house) => house.status === status).length;
          return n === 0 ? null : (
            <li key={status} className={`es-door is-${status}`}>
              {t.code('status', status)} <b className="num">{n}</b>
            </li>
          );
        })}
      </ul>
      <div className="es-plan-box">
        <table>
          <caption className="sr-only">{plan.block.name}</caption>
          <thead>
            <tr>
              <td />
              {stairs.map((stair) => (
                <th key={stair.id ?? ''} scope="col">
                  {stair.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {plan.floors.map((floor) => (
              <tr key={floor.floor ?? 'unknown'}>
                <th scope="row" className="num">
                  {sayFloor(floor.floor)}
                </th>
                {stairs.map((stair) => (
                  <td key={stair.id ?? ''}>
                    <div
                      className="es-doors"
                      style={{ gridTemplateColumns: `repeat(${stair.width}, minmax(0, 1fr))` }}
                    >
                      {doorsOf(floor.houses, stair.id).map((house) => (
                        <Door key={house.id} house={house} paper={paper} />
                      ))}
                    </div>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** One door: the room, how it stands, and what is missing or not confirmed. */
function Door({ house, paper }: { house: House; paper: boolean }) {
  const draft = house.state === 'draft';
  const gap = !house.area_milli;
  const marks = [draft && t('state.draft'), gap && t('gap.no_area')].filter(Boolean).join(' · ');
  const className = `es-door is-${house.status}${draft ? ' is-draft' : ''}`;
  const inside = (
    <>
      <b className="num">{house.room}</b>
      <small>{marks || t.code('status', house.status)}</small>
    </>
  );
  return paper ? (
    <span className={className}>{inside}</span>
  ) : (
    <Anchor className={className} href={recordHref('house', house.id)} title={house.no}>
      {inside}
    </Anchor>
  );
}
