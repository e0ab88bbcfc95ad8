import { CheckOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { t } from '@/locales/ui';
import { formatTime } from '../format';

/** One state on a record's way, with who brought it there and when. */
export interface Step {
  key: string;
  label: string;
  phase: 'done' | 'now' | 'next' | 'skipped';
  /** Who moved it (or is to move it). */
  who?: ReactNode;
  at?: string | null;
  note?: ReactNode;
}

/** The state as steps: across on a desk, down on a phone; each says its phase in words too. */
export function StateSteps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="steps">
      {steps.map((step, i) => (
        <li
          key={step.key}
          className={`step-${step.phase}`}
          aria-current={step.phase === 'now' ? 'step' : undefined}
        >
          <span className="step-mark" aria-hidden="true">
            {step.phase === 'done' ? <CheckOutlined /> : step.phase === 'skipped' ? '–' : i + 1}
          </span>
          <div className="step-text">
            <b>{step.label}</b>
            <span className="sr-only">{t(`step.${step.phase}`)}</span>
            {step.who && <span>{step.who}</span>}
            {step.at && <time dateTime={step.at}>{formatTime(step.at)}</time>}
            {step.note && <span>{step.note}</span>}
          </div>
        </li>
      ))}
    </ol>
  );
}
