import { Form, Input, Radio } from 'antd';
import type { ReactNode } from 'react';
import { api, ifMatch, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/tasks';
import { DateTimeField, FilesField, FormDrawer, required } from '@/ui/form';
import { toast } from '@/ui/toast';
import { etagOf } from '../lookups';
import { options, priorities } from './codes';

/** Steps that take more than a tap. */
export type FormStep = 'report_done' | 'return' | 'change';

interface StepProps {
  task: Schema<'TaskDetail'>;
  close: () => void;
}

const path = (task: Schema<'TaskDetail'>) => ({ params: { path: { id: task.id } } });

function useSaid() {
  return () => {
    toast(t('done'));
    reloadKind('task');
  };
}

/** What came of it, with photos. */
function Report({ task, close }: StepProps) {
  const said = useSaid();
  return (
    <FormDrawer<Schema<'ReportDone'>>
      open
      name={`org.task.${task.id}.report`}
      title={t('action.report_done')}
      onClose={close}
      onSubmit={async (body, headers) => {
        await api.POST('/api/v1/tasks/{id}/report-done', { ...path(task), body, headers });
        said();
      }}
    >
      <Form.Item name="result" label={t('result')} rules={[required(t('result'))]}>
        <Input.TextArea autoFocus rows={4} maxLength={4000} />
      </Form.Item>
      <Form.Item name="file_ids" label={t('evidence')}>
        <FilesField />
      </Form.Item>
    </FormDrawer>
  );
}

/** What is missing, and until when it is to be there. */
function Back({ task, close }: StepProps) {
  const said = useSaid();
  return (
    <FormDrawer<Schema<'ReturnTask'>>
      open
      name={`org.task.${task.id}.return`}
      title={t('action.return')}
      onClose={close}
      onSubmit={async (body, headers) => {
        await api.POST('/api/v1/tasks/{id}/return', { ...path(task), body, headers });
        said();
      }}
    >
      <Form.Item name="reason" label={t('missing')} rules={[required(t('missing'))]}>
        <Input.TextArea autoFocus rows={3} maxLength={500} />
      </Form.Item>
      <Form.Item name="due_at" label={t('new_due')} extra={t('new_due_hint')}>
        <DateTimeField />
      </Form.Item>
    </FormDrawer>
  );
}

/** Its words, date and priority; the date stands once it is reported done. */
function Change({ task, close }: StepProps) {
  const said = useSaid();
  return (
    <FormDrawer<Schema<'ChangeTask'>>
      open
      name={`org.task.${task.id}.change`}
      title={t('action.change')}
      initial={{
        title: task.title,
        detail: task.detail ?? null,
        due_at: task.due_at,
        priority: task.priority,
      }}
      onClose={close}
      onSubmit={async ({ due_at, ...values }, headers) => {
        const body = { ...values, ...(due_at !== task.due_at && { due_at: due_at ?? null }) };
        await api.PATCH('/api/v1/tasks/{id}', {
          ...path(task),
          body,
          headers: { ...headers, ...ifMatch(etagOf(task.version)) },
        });
        said();
      }}
    >
      <Form.Item name="title" label={t('what')} rules={[required(t('what'))]}>
        <Input autoFocus maxLength={100} />
      </Form.Item>
      <Form.Item name="detail" label={t('detail')}>
        <Input.TextArea rows={4} maxLength={4000} />
      </Form.Item>
      <Form.Item name="due_at" label={t('due')} rules={[required(t('due'))]}>
        <DateTimeField disabled={task.state === 'reported_done'} />
      </Form.Item>
      <Form.Item name="priority" label={t('priority')}>
        <Radio.Group options={options('priority', priorities)} />
      </Form.Item>
      <Form.Item name="reason" label={t('reason')}>
        <Input maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}

const FORMS = { report_done: Report, return: Back, change: Change } as const satisfies Record<
  FormStep,
  (props: StepProps) => ReactNode
>;

/** The form of one step. */
export default function StepForm({ step, ...rest }: StepProps & { step: FormStep }) {
  const Chosen = FORMS[step];
  return <Chosen {...rest} />;
}
