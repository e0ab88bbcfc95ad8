import { Alert, Button, Form, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { idempotent } from '@/api/client';
import { t } from '@/locales/ui';
import { uuidv7 } from '../uuid';
import { required } from './FormDrawer';
import { useProblem } from './useProblem';

interface Question {
  title: string;
  /** What will happen. */
  text?: ReactNode;
  /** The word on the button: what is done, not "OK". */
  confirm: string;
  danger?: boolean;
  /** Default: a reason must be given. */
  reason?: 'required' | 'optional' | 'none';
  reasonLabel?: string;
  /** Does it; a refusal is shown in the window, which stays open. */
  run: (reason: string, headers: Record<string, string>) => Promise<void>;
}

/** `const [ask, window] = useConfirm()`; render `window` once, call `ask({...})` from buttons. */
export function useConfirm(): [(question: Question) => void, ReactNode] {
  const [question, setQuestion] = useState<(Question & { id: string }) | null>(null);
  return [
    (next) => setQuestion({ ...next, id: uuidv7() }),
    question && (
      <ConfirmWithReason key={question.id} {...question} close={() => setQuestion(null)} />
    ),
  ];
}

/** Asks once more, with a reason, before something that others will see or cannot be undone. */
function ConfirmWithReason(props: Question & { id: string; close: () => void }) {
  const { reason = 'required', close } = props;
  const [form] = Form.useForm<{ reason: string }>();
  const { problem, show, clear } = useProblem(form);
  const [busy, setBusy] = useState(false);
  const label = props.reasonLabel ?? t('form.reason');

  async function go(values: { reason?: string }) {
    setBusy(true);
    clear();
    try {
      await props.run(values.reason?.trim() ?? '', idempotent(props.id));
      close();
    } catch (error) {
      show(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Modal
      open
      title={props.title}
      onCancel={close}
      footer={[
        <Button key="no" autoFocus={reason === 'none'} onClick={close}>
          {t('form.cancel')}
        </Button>,
        <Button
          key="yes"
          type="primary"
          danger={props.danger}
          loading={busy}
          onClick={() => form.submit()}
        >
          {props.confirm}
        </Button>,
      ]}
    >
      {props.text && <p>{props.text}</p>}
      {problem && <Alert className="form-note" type="error" showIcon title={problem} />}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={go}>
        {reason !== 'none' && (
          <Form.Item
            name="reason"
            label={label}
            rules={reason === 'required' ? [{ ...required(label), whitespace: true }] : []}
          >
            <Input.TextArea
              autoFocus
              rows={3}
              maxLength={500}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.submit();
              }}
            />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
