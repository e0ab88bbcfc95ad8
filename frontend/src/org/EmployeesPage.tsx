import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { lang } from '@/locales/lang';
import { t } from '@/locales/org';
import { listed } from '@/ui/format';
import { ExportButton, ListPage } from '@/ui/list';
import { DateText, Pill, type Tone } from '@/ui/text';
import { usePosts, usePostTitle } from './lookups';

export type Employee = Schema<'EmployeeView'>;
const EmployeeForm = lazy(() => import('./EmployeeForm'));

const STATUS_TONE: Record<string, Tone> = {
  candidate: 'accent',
  probation: 'accent',
  active: 'ok',
  suspended: 'warn',
  left: 'plain',
};

/** Where a person stands with the company, as a word on a tint. */
export const StatusPill = ({ status }: { status: string }) => (
  <Pill tone={STATUS_TONE[status] ?? 'plain'}>{t.code('status', status)}</Pill>
);

/** A phone as far as one may see it. */
export function phoneOf(employee: Employee) {
  const phone = employee.phone;
  if (!phone?.value) return <span className="muted">—</span>;
  return phone.masked ? (
    <span className="num" title={t('employee.masked')}>
      {phone.value}
    </span>
  ) : (
    <a className="num" href={`tel:${phone.value}`}>
      {phone.value}
    </a>
  );
}

/** The people: found by name, pinyin or number; posts and status beside. */
export function EmployeesPage() {
  const can = useCan();
  const title = usePostTitle();
  const posts = usePosts();
  const english = lang() === 'en';
  const [making, setMaking] = useState(false);
  return (
    <>
      <ListPage<Employee>
        name="org.employees"
        title={t('employees.title')}
        kinds={['employee', 'assignment']}
        fetch={(query, signal) => ok(api.GET('/api/v1/employees', { params: { query }, signal }))}
        rowKey={(row) => row.id}
        href={(row) => `/org/employees/${row.id}`}
        searchHint={t('employees.search')}
        exportPath="/api/v1/employees"
        columns={[
          { key: 'name', title: t('employee.name'), render: (row) => row.name, card: 'title' },
          { key: 'no', title: t('employee.no'), render: (row) => row.no, width: 100 },
          {
            key: 'posts',
            title: t('employee.posts'),
            render: (row) =>
              listed(row.posts.map((held) => title(held.post))) || (
                <span className="muted">{t('employee.no_post')}</span>
              ),
            wrap: true,
          },
          {
            key: 'status',
            title: t('employee.status'),
            render: (row) => <StatusPill status={row.status} />,
            card: 'side',
            width: 110,
          },
          { key: 'phone', title: t('employee.phone'), render: phoneOf, width: 140 },
          {
            key: 'hired',
            title: t('employee.hired_on'),
            render: (row) => <DateText value={row.hired_on} />,
            width: 150,
          },
        ]}
        filters={[
          {
            key: 'post',
            label: t('employee.posts'),
            kind: 'choice',
            options: posts
              .filter((post) => !post.is_role_tag && !post.is_external)
              .map((post) => ({
                value: post.code,
                label: english ? post.title_en : post.title_zh,
              })),
          },
          {
            key: 'status',
            label: t('employee.status'),
            kind: 'choice',
            options: Object.keys(STATUS_TONE).map((value) => ({
              value,
              label: t.code('status', value),
            })),
          },
        ]}
        actions={
          <>
            {can('roster.read') && (
              <ExportButton
                path="/api/v1/qualifications"
                name={t('qualifications.title')}
                of={t('qualifications.what')}
              />
            )}
            {can('org.propose') && (
              <Button type="primary" onClick={() => setMaking(true)}>
                {t('employees.new')}
              </Button>
            )}
          </>
        }
        empty={{ title: t('employees.none'), hint: t('employees.none_hint') }}
      />
      <Suspense>{making && <EmployeeForm close={() => setMaking(false)} />}</Suspense>
    </>
  );
}
