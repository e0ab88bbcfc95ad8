import { useQuery } from '@tanstack/react-query';
import { Form, Input, Radio, Select } from 'antd';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/tasks';
import { DateTimeField, FilesField, FormDrawer, required } from '@/ui/form';
import { toast } from '@/ui/toast';
import { useEstate, usePostTitle } from '../lookups';
import { options, priorities, sources } from './codes';

type Candidate = Schema<'TaskCandidate'>;
/** The place somebody has it in is chosen; the person follows from it. */
type Values = Omit<Schema<'NewTask'>, 'assignee_id' | 'estate_id'> & { assignment_id: string };

interface GiveTaskProps {
  /** What it comes out of: a point of a briefing, a case. */
  origin?: Pick<Schema<'NewTask'>, 'title' | 'source' | 'source_ref'>;
  close: () => void;
  /** Called with the id of the new task. */
  made: (id: string) => void;
}

/** Gives a task to one of those the person may give to today. */
export default function GiveTask({ origin, close, made }: GiveTaskProps) {
  const { estate, choice } = useEstate();
  const found = useQuery({
    queryKey: ['org', 'task-candidates', estate],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/tasks/candidates', {
          params: { query: estate ? { estate_id: estate } : {} },
          signal,
        }),
      ),
    meta: { kinds: ['assignment', 'acting_period', 'reporting_edge', 'entrusted_duty'] },
  });
  const candidates = found.data ?? [];
  return (
    <FormDrawer<Values>
      open
      name={origin?.source_ref ? `org.task.${origin.source_ref.id}` : 'org.task'}
      title={t('give')}
      initial={{
        priority: 'normal',
        source: origin?.source ?? 'leader',
        ...(origin && { title: origin.title }),
      }}
      lead={choice}
      onClose={close}
      onSubmit={async (values, headers) => {
        const to = candidates.find((one) => one.assignment_id === values.assignment_id);
        const body = {
          ...values,
          assignee_id: to?.employee_id ?? '',
          estate_id: estate || null,
          source_ref: origin?.source_ref ?? null,
        };
        const { id } = await ok(api.POST('/api/v1/tasks', { body, headers }));
        toast(t('given', { name: to?.name ?? '' }));
        reloadKind('task');
        made(id);
      }}
    >
      <Form.Item
        name="assignment_id"
        label={t('to_whom')}
        extra={t('to_whom_hint')}
        rules={[required(t('to_whom'))]}
      >
        <CandidateSelect candidates={candidates} loading={found.isFetching} />
      </Form.Item>
      <Form.Item name="title" label={t('what')} rules={[required(t('what'))]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="due_at" label={t('due')} rules={[required(t('due'))]}>
        <DateTimeField />
      </Form.Item>
      <Form.Item name="priority" label={t('priority')} rules={[required(t('priority'))]}>
        <Radio.Group options={options('priority', priorities)} />
      </Form.Item>
      <Form.Item name="detail" label={t('detail')}>
        <Input.TextArea rows={4} maxLength={4000} />
      </Form.Item>
      {!origin && (
        <Form.Item name="source" label={t('source')}>
          <Select options={options('source', sources)} />
        </Form.Item>
      )}
      <Form.Item name="file_ids" label={t('papers')}>
        <FilesField />
      </Form.Item>
    </FormDrawer>
  );
}

interface CandidateSelectProps {
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
  candidates: readonly Candidate[];
  loading: boolean;
}

/** People by name and post; found by either. */
function CandidateSelect({ candidates, loading, ...rest }: CandidateSelectProps) {
  const title = usePostTitle();
  return (
    <Select
      {...rest}
      autoFocus
      loading={loading}
      showSearch={{ optionFilterProp: 'label' }}
      notFoundContent={loading ? null : t('to_nobody')}
      options={candidates.map((one) => ({
        value: one.assignment_id,
        label: `${one.name} ${title(one.post)}`,
        right: one.right,
      }))}
      optionRender={({ data }) => (
        <>
          {data.label} <span className="muted">{t.code('right', data.right)}</span>
        </>
      )}
    />
  );
}
