import { Alert, Button, Drawer, Form, type FormInstance } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { idempotent } from '@/api/client';
import { NetworkError, ProblemError } from '@/api/problem';
import { t } from '@/locales/ui';
import { useNarrow } from '../hooks';
import { uuidv7 } from '../uuid';
import { dropDraft, keepDraft, readDraft } from './draft';
import { useProblem } from './useProblem';
import './form.css';

interface FormDrawerProps<V> {
  open: boolean;
  title: string;
  /** Name of the form, with the record's id when it belongs to one: the draft is kept under it. */
  name: string;
  initial?: Partial<V>;
  /**
   * Sends. `headers` carry an idempotency key that stays the same until the server has answered,
   * so that a repeated click or a retry after lost network is recognised.
   */
  onSubmit: (values: V, headers: Record<string, string>) => Promise<void>;
  onClose: () => void;
  submitLabel?: string;
  /** Fields of personal data: what was typed there is not kept as a draft. */
  unkept?: readonly string[];
  /** `Form.Item`s; given the form instance when a function. */
  children: ReactNode | ((form: FormInstance<V>) => ReactNode);
  width?: number;
  /** Above the fields: what this is about. */
  lead?: ReactNode;
}

/** A form beside the page: keeps a draft, sends by Ctrl+Enter, puts refusals beside their fields. */
export function FormDrawer<V extends object>(props: FormDrawerProps<V>) {
  const { open, name, onClose } = props;
  const narrow = useNarrow();
  const [form] = Form.useForm<V>();
  const { problem, show, clear } = useProblem(form);
  const [busy, setBusy] = useState(false);
  const [restored, setRestored] = useState(false);
  const key = useRef('');

  // biome-ignore lint/correctness/useExhaustiveDependencies: filled once each time it opens
  useEffect(() => {
    if (!open) return;
    clear();
    key.current = uuidv7();
    form.resetFields();
    const draft = readDraft<V>(name);
    setRestored(draft !== null);
    form.setFieldsValue({ ...props.initial, ...draft } as never);
  }, [open, name]);

  async function submit(values: V) {
    if (busy) return;
    setBusy(true);
    clear();
    try {
      await props.onSubmit(values, idempotent(key.current));
      dropDraft(name);
      onClose();
    } catch (error) {
      // Only an answer ends the key's life: without one the same sending may have arrived.
      const answered = error instanceof ProblemError && error.status < 500;
      if (answered || !(error instanceof NetworkError)) key.current = uuidv7();
      show(error);
    } finally {
      setBusy(false);
    }
  }
  function startAfresh() {
    dropDraft(name);
    setRestored(false);
    form.resetFields();
    form.setFieldsValue((props.initial ?? {}) as never);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      // A select would take the key as its own and open.
      event.preventDefault();
      event.stopPropagation();
      form.submit();
    }
  }

  return (
    <Drawer
      open={open}
      title={props.title}
      onClose={onClose}
      size={narrow ? '100%' : (props.width ?? 520)}
      destroyOnHidden
      footer={
        <div className="form-foot">
          <span className="muted">{!narrow && t('form.ctrl_enter')}</span>
          <Button onClick={onClose}>{t('form.cancel')}</Button>
          <Button type="primary" loading={busy} onClick={() => form.submit()}>
            {props.submitLabel ?? t('form.send')}
          </Button>
        </div>
      }
    >
      <div onKeyDownCapture={onKeyDown}>
        {restored && (
          <Alert
            className="form-note"
            type="info"
            showIcon
            title={t('form.draft_restored')}
            action={
              <Button size="small" type="link" onClick={startAfresh}>
                {t('form.draft_clear')}
              </Button>
            }
          />
        )}
        {props.lead}
        {problem && <Alert className="form-note" type="error" showIcon title={problem} />}
        <Form<V>
          form={form}
          layout="vertical"
          requiredMark={marked}
          validateTrigger="onBlur"
          onFinish={submit}
          onValuesChange={() => keepDraft(name, form.getFieldsValue(true), props.unkept)}
        >
          {typeof props.children === 'function' ? props.children(form) : props.children}
          <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
        </Form>
      </div>
    </Drawer>
  );
}

/** Marks what may be left out instead of starring what may not. */
export const marked = (label: ReactNode, { required }: { required: boolean }) => (
  <>
    {label}
    {!required && <span className="form-optional">{t('form.optional')}</span>}
  </>
);

/** Rule of a field that must be filled. */
export const required = (label: string) => ({
  required: true,
  message: t('form.required', { label }),
});
