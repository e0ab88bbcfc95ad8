import type { ReactNode } from 'react';
import type { Schema } from '@/api/client';
import { t } from '@/locales/service_desk';
import { FilesField } from '@/ui/form/FilesField';
import { Native } from '@/ui/form/Native';
import { options, sources } from '../words';

/** What is asked only now and then while a report is taken. */
export interface More {
  contact_name?: string;
  contact_phone?: string;
  source?: Schema<'RepairSource'>;
  /** Local date and time on the estate's clock, as the browser's own field gives it. */
  requested?: string;
  from?: string;
  until?: string;
  paid?: boolean;
  warranty?: boolean;
  file_ids?: string[];
}

interface Props {
  value: More;
  change: (some: More) => void;
}

/** Contact, appointment, who pays, photos: below the intake box, when somebody asks for it. */
export default function IntakeMore({ value, change }: Props) {
  return (
    <div className="sd-intake-more">
      <Labelled label={t('contact')}>
        <input
          className="input"
          maxLength={100}
          value={value.contact_name ?? ''}
          onChange={(event) => change({ contact_name: event.target.value })}
        />
      </Labelled>
      <Labelled label={t('phone')}>
        <input
          className="input"
          type="tel"
          maxLength={40}
          value={value.contact_phone ?? ''}
          onChange={(event) => change({ contact_phone: event.target.value })}
        />
      </Labelled>
      <Labelled label={t('intake.requested')}>
        <input
          className="input"
          type="datetime-local"
          value={value.requested ?? ''}
          onChange={(event) => change({ requested: event.target.value })}
        />
      </Labelled>
      <Labelled label={t('appointment.from')}>
        <input
          className="input"
          type="datetime-local"
          value={value.from ?? ''}
          onChange={(event) => change({ from: event.target.value })}
        />
      </Labelled>
      <Labelled label={t('appointment.until')}>
        <input
          className="input"
          type="datetime-local"
          value={value.until ?? ''}
          onChange={(event) => change({ until: event.target.value })}
        />
      </Labelled>
      <Labelled label={t('source')}>
        <Native
          label={t('source')}
          options={options('source', sources)}
          value={value.source ?? 'owner'}
          onChange={(source) => change({ source })}
        />
      </Labelled>
      <div className="sd-checks">
        <Flag label={t('paid')} on={value.paid} set={(paid) => change({ paid })} />
        <Flag label={t('warranty')} on={value.warranty} set={(warranty) => change({ warranty })} />
      </div>
      <div className="sd-all">
        <FilesField
          accept="image/*"
          value={value.file_ids ?? []}
          onChange={(file_ids) => change({ file_ids })}
        />
      </div>
    </div>
  );
}

const Labelled = ({ label, children }: { label: string; children: ReactNode }) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control is its child
  <label>
    <span>{label}</span>
    {children}
  </label>
);

const Flag = (props: { label: string; on: boolean | undefined; set: (on: boolean) => void }) => (
  <label>
    <input
      type="checkbox"
      checked={props.on ?? false}
      onChange={(event) => props.set(event.target.checked)}
    />
    {props.label}
  </label>
);
