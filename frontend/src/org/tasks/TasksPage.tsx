import { useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/tasks';
import { PersonField } from '@/ui/form/Combo';
import { ListPage } from '@/ui/list';
import { PersonName } from '@/ui/PersonName';
import { Deadline, TimeText } from '@/ui/text';
import { usePostTitle } from '../lookups';
import { options, priorities, sides, sources, states } from './codes';
import { giverOf, PriorityPill, TaskPill } from './pills';
import { TaskTabs } from './TaskTabs';
import { Told } from './Told';

type Task = Schema<'TaskView'>;
const GiveTask = lazy(() => import('./GiveTask'));

/** Tasks given by leaders: mine to do, given by me, and among those below. */
export function TasksPage() {
  const can = useCan();
  const router = useRouter();
  const title = usePostTitle();
  const [giving, setGiving] = useState(false);
  return (
    <>
      <ListPage<Task>
        name="org.tasks"
        title={t('title')}
        kinds={['task']}
        tabs={<TaskTabs />}
        fetch={(query, signal) => ok(api.GET('/api/v1/tasks', { params: { query }, signal }))}
        rowKey={(row) => row.id}
        href={(row) => `/tasks/${row.id}`}
        searchHint={t('search')}
        exportPath="/api/v1/tasks"
        start={{ open: 'true', sort: 'due_at' }}
        columns={[
          { key: 'no', title: t('no'), render: (row) => row.no, width: 150, sort: 'no' },
          {
            key: 'title',
            title: t('what'),
            render: (row) => (
              <>
                {row.title} <PriorityPill priority={row.priority} />{' '}
                <Told posts={row.escalated_to} />
              </>
            ),
            wrap: true,
            card: 'title',
          },
          {
            key: 'state',
            title: t('state'),
            render: (row) => <TaskPill state={row.state} />,
            card: 'side',
            width: 110,
          },
          {
            key: 'assignee',
            title: t('assignee'),
            render: (row) => (
              <>
                {row.assignee_name} <span className="muted">{title(row.assignee_post)}</span>
              </>
            ),
            width: 170,
          },
          { key: 'giver', title: t('giver'), render: giverOf, width: 130 },
          {
            key: 'due',
            title: t('due'),
            render: (row) =>
              row.state === 'cancelled' ? (
                <TimeText value={row.due_at} />
              ) : (
                <Deadline due={row.due_at} done={row.reported_at ?? null} />
              ),
            width: 230,
            sort: 'due_at',
          },
          {
            key: 'issued',
            title: t('issued_at'),
            render: (row) => <TimeText value={row.issued_at} />,
            width: 170,
            sort: 'issued_at',
          },
          {
            key: 'source',
            title: t('source'),
            render: (row) => t.code('source', row.source),
            hidden: true,
          },
          {
            key: 'right',
            title: t('right'),
            render: (row) => t.code('right', row.given_right),
            hidden: true,
          },
        ]}
        filters={[
          { key: 'side', label: t('side'), kind: 'choice', options: options('side', sides) },
          { key: 'state', label: t('state'), kind: 'choice', options: options('state', states) },
          {
            key: 'assignee_id',
            label: t('assignee'),
            kind: 'record',
            Field: PersonField,
            Name: PersonName,
          },
          {
            key: 'given_by',
            label: t('giver'),
            kind: 'record',
            Field: PersonField,
            Name: PersonName,
          },
          {
            key: 'priority',
            label: t('priority'),
            kind: 'choice',
            options: options('priority', priorities),
          },
          {
            key: 'source',
            label: t('source'),
            kind: 'choice',
            options: options('source', sources),
          },
          { key: 'due', label: t('due'), kind: 'dates', from: 'due_from', until: 'due_until' },
          { key: 'open', label: t('open_only'), kind: 'flag' },
          { key: 'overdue', label: t('late_only'), kind: 'flag' },
          { key: 'done_late', label: t('done_late'), kind: 'flag' },
        ]}
        rowTone={(row) => (row.overdue ? 'late' : undefined)}
        actions={
          can('task.give') && (
            <Button type="primary" onClick={() => setGiving(true)}>
              {t('give')}
            </Button>
          )
        }
        empty={{ title: t('none'), hint: t('none_hint') }}
      />
      <Suspense>
        {giving && (
          <GiveTask
            close={() => setGiving(false)}
            made={(id) => router.history.push(`/tasks/${id}`)}
          />
        )}
      </Suspense>
    </>
  );
}
