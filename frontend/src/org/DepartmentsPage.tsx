import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { lang } from '@/locales/lang';
import { t } from '@/locales/org';
import { listed } from '@/ui/format';
import { ListPage, whole } from '@/ui/list';
import { usePosts } from './lookups';
import { PostTabs } from './PostTabs';

export type Department = Schema<'Department'>;
const ChangeDepartment = lazy(() => import('./ChangeDepartment'));

/** The departments of the chart with their posts; renamed here. */
export function DepartmentsPage() {
  const can = useCan();
  const posts = usePosts();
  const english = lang() === 'en';
  const [changing, setChanging] = useState<Department | null>(null);
  const departments = useQuery({
    queryKey: ['org', 'departments'],
    queryFn: ({ signal }) => ok(api.GET('/api/v1/departments', { signal })),
    meta: { kinds: ['department'] },
  });
  const named = (department: Department) => (english ? department.name_en : department.name_zh);
  const above = (code: string | null | undefined) => {
    const found = departments.data?.items.find((one) => one.code === code);
    return found ? named(found) : '';
  };
  const postsOf = (id: string) =>
    posts
      .filter((post) => post.department_id === id && !post.is_role_tag)
      .map((post) => (english ? post.title_en : post.title_zh));
  return (
    <>
      <ListPage<Department>
        name="org.departments"
        title={t('departments.title')}
        kinds={['department']}
        fetch={async (_, signal) => whole(await ok(api.GET('/api/v1/departments', { signal })))}
        rowKey={(row) => row.id}
        onOpen={can('org.edit') ? setChanging : undefined}
        exportPath="/api/v1/departments"
        tabs={<PostTabs />}
        columns={[
          { key: 'name', title: t('department.name'), render: named, card: 'title', width: 200 },
          {
            key: 'parent',
            title: t('department.parent'),
            render: (row) => above(row.parent),
            width: 200,
          },
          {
            key: 'posts',
            title: t('posts.post'),
            render: (row) => listed(postsOf(row.id)),
            wrap: true,
          },
          {
            key: 'aliases',
            title: t('posts.aliases'),
            render: (row) => listed(row.aliases),
            wrap: true,
          },
        ]}
      />
      <Suspense>
        {changing && <ChangeDepartment department={changing} close={() => setChanging(null)} />}
      </Suspense>
    </>
  );
}
