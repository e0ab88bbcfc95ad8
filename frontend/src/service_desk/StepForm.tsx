import { Checkbox, Form, Input, InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { t } from '@/locales/service_desk';
import { DateTimeField, FilesField, FormDrawer, MoneyField, required } from '@/ui/form';
import { HouseField, PartyField, PersonField } from '@/ui/form/Combo';
import { Native } from '@/ui/form/Native';
import { toast } from '@/ui/toast';

interface Common {
  /** As in the request body; parts of a path where it lies deeper. */
  name: string | (string | number)[];
  label: string;
  required?: boolean;
  hint?: string;
  /** Shown only for some values of the others. */
  when?: (values: Record<string, unknown>) => boolean;
}

/** One field of a step: named as in the request body. */
export type StepField = Common &
  (
    | { kind: 'line' | 'lines' | 'money' | 'minutes' | 'time' | 'files' | 'flag' }
    | { kind: 'person'; known?: string | null }
    | {
        kind: 'choice';
        options: readonly { value: string; label: string }[];
        blank?: boolean | string;
      }
    | {
        kind: 'house' | 'party';
        estate?: string | null;
        known?: string | null;
        guess?: string | null;
      }
  );

export interface Step {
  /** Name of the draft. */
  name: string;
  title: string;
  fields: readonly StepField[];
  initial?: Record<string, unknown>;
  lead?: ReactNode;
  /** What is said when it went well. */
  said?: string;
  /** Sends what was filled in; empty fields are left out. */
  // biome-ignore lint/suspicious/noExplicitAny: the fields name the body's parts; the server checks
  run: (body: any, headers: Record<string, string>) => Promise<void>;
}

/** The form of one step of a record, made from its fields. */
export default function StepForm({ step, close }: { step: Step; close: () => void }) {
  return (
    <FormDrawer<Record<string, unknown>>
      open
      name={step.name}
      title={step.title}
      initial={step.initial}
      lead={step.lead}
      onClose={close}
      onSubmit={async (values, headers) => {
        await step.run(filled(values), headers);
        toast(step.said ?? t('order.done'));
      }}
    >
      {step.fields.map((field, i) => {
        const item = (
          <Form.Item
            key={String(field.name)}
            name={field.name}
            label={field.kind === 'flag' ? undefined : field.label}
            extra={field.hint}
            rules={field.required ? [required(field.label)] : []}
            {...(field.kind === 'flag' && { valuePropName: 'checked' })}
          >
            {control(field, i === 0)}
          </Form.Item>
        );
        const { when } = field;
        if (!when) return item;
        return (
          <Form.Item key={String(field.name)} noStyle shouldUpdate>
            {(form) => (when(form.getFieldsValue(true)) ? item : null)}
          </Form.Item>
        );
      })}
    </FormDrawer>
  );
}

function control(field: StepField, first: boolean) {
  switch (field.kind) {
    case 'line':
      return <Input autoFocus={first} maxLength={100} />;
    case 'lines':
      return <Input.TextArea autoFocus={first} rows={4} maxLength={2000} />;
    case 'choice':
      return (
        <Native
          label={field.label}
          value={null}
          options={field.options}
          {...(field.blank && { blank: field.blank === true ? '—' : field.blank })}
        />
      );
    case 'house':
      return <HouseField estate={field.estate} known={field.known} guess={field.guess} />;
    case 'party':
      return <PartyField estate={field.estate} known={field.known} />;
    case 'person':
      return <PersonField known={field.known} />;
    case 'money':
      return <MoneyField />;
    case 'minutes':
      return <InputNumber min={1} max={1440} style={{ width: '100%' }} />;
    case 'time':
      return <DateTimeField />;
    case 'files':
      return <FilesField />;
    case 'flag':
      return <Checkbox>{field.label}</Checkbox>;
  }
}

const filled = (values: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(values)
      .map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value])
      .filter(([, value]) => value !== '' && value !== undefined),
  );
