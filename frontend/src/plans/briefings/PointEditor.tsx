import { t } from '@/locales/briefings';
import { Native } from '@/ui/form/Native';
import { another, type Draft } from './points';

const NEEDS = ['info', 'decision'] as const;

interface Props {
  points: readonly Draft[];
  /** The records of the day before that a point can be about. */
  records: readonly { value: string; label: string }[];
  onChange: (points: Draft[]) => void;
}

/** What the superior is to know or decide, one line each. */
export function PointEditor({ points, records, onChange }: Props) {
  const set = (key: number, change: Partial<Draft>) =>
    onChange(points.map((one) => (one.key === key ? { ...one, ...change } : one)));
  return (
    <div className="briefing-points">
      {points.map((point, at) => {
        const n = at + 1;
        return (
          <fieldset key={point.key}>
            <legend>{t('point', { n })}</legend>
            <textarea
              className="input"
              aria-label={t('point', { n })}
              rows={2}
              maxLength={500}
              value={point.text}
              onChange={(event) => set(point.key, { text: event.target.value })}
            />
            <div className="briefing-row">
              <Native
                label={t('needs', { n })}
                options={NEEDS.map((value) => ({ value, label: t.code('needs', value) }))}
                value={point.needs}
                onChange={(needs) => set(point.key, { needs })}
              />
              {records.length > 0 && (
                <Native
                  label={t('linked', { n })}
                  blank={t('linked_none')}
                  options={records}
                  value={point.linked}
                  onChange={(linked) => set(point.key, { linked })}
                />
              )}
              <button
                type="button"
                className="btn btn-plain"
                aria-label={t('point_remove', { n })}
                onClick={() => onChange(points.filter((one) => one.key !== point.key))}
              >
                ×
              </button>
            </div>
          </fieldset>
        );
      })}
      <button type="button" className="btn" onClick={() => onChange(another(points))}>
        {t('point_add')}
      </button>
    </div>
  );
}
