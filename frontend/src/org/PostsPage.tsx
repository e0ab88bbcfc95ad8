import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok } from '@/api/client';
import { lang } from '@/locales/lang';
import { t } from '@/locales/org';
import { formatShare, listed } from '@/ui/format';
import { ListPage } from '@/ui/list';
import { Pill } from '@/ui/text';
import { type PostView, useEstate, usePostTitle } from './lookups';
import { PostTabs } from './PostTabs';
import './org.css';

const ChangePost = lazy(() => import('./ChangePost'));
const CoverForm = lazy(() => import('./CoverForm'));

/** Posts with the people they should have and have; the figures of the organisation above. */
export function PostsPage() {
  const can = useCan();
  const title = usePostTitle();
  const english = lang() === 'en';
  const { estate, choice } = useEstate();
  const [changing, setChanging] = useState<PostView | null>(null);
  const [covering, setCovering] = useState<PostView | null>(null);
  const edit = can('org.edit');
  return (
    <>
      <ListPage<PostView>
        name="org.posts"
        title={t('posts.title')}
        kinds={['post', 'assignment']}
        fixed={estate ? { estate_id: estate } : {}}
        // All posts come on one page; the server knows no paging here.
        fetch={({ estate_id }, signal) =>
          ok(
            api.GET('/api/v1/posts', {
              params: { query: estate_id ? { estate_id: String(estate_id) } : {} },
              signal,
            }),
          )
        }
        rowKey={(post) => post.code}
        onOpen={edit ? setChanging : undefined}
        exportPath="/api/v1/posts"
        columns={[
          {
            key: 'title',
            title: t('posts.post'),
            render: (post) => (english ? post.title_en : post.title_zh),
            card: 'title',
          },
          {
            key: 'level',
            title: t('posts.level'),
            render: (post) => t.code('level', post.level),
            width: 120,
          },
          {
            key: 'establishment',
            title: t('posts.establishment'),
            render: (post) => post.headcount.establishment ?? '—',
            align: 'right',
            width: 100,
          },
          {
            key: 'actual',
            title: t('posts.actual'),
            render: (post) => post.headcount.actual,
            align: 'right',
            width: 100,
          },
          { key: 'state', title: t('posts.state'), render: stateOf, card: 'side', width: 140 },
          {
            key: 'covered',
            title: t('posts.covered_by'),
            render: (post) =>
              listed([...post.covered_by, ...post.carried_by].map(title).filter(Boolean)),
            wrap: true,
          },
          {
            key: 'aliases',
            title: t('posts.aliases'),
            render: (post) => listed(post.aliases),
            wrap: true,
            hidden: true,
          },
          {
            key: 'clauses',
            title: t('field.clauses'),
            render: (post) => listed(post.source_clauses),
            wrap: true,
            hidden: true,
          },
        ]}
        tabs={<PostTabs />}
        above={<Figures estate={estate} />}
        actions={choice}
      />
      <Suspense>
        {changing && (
          <ChangePost
            post={changing}
            close={() => setChanging(null)}
            cover={() => {
              setChanging(null);
              setCovering(changing);
            }}
          />
        )}
        {covering && (
          <CoverForm
            name={`org.post.${covering.code}.cover`}
            title={t('cover.title', { post: title(covering.code) })}
            label={t(covering.is_role_tag ? 'cover.carried_by' : 'posts.covered_by')}
            posts={covering.is_role_tag ? covering.carried_by : covering.covered_by}
            but={covering.code}
            none
            send={(body, headers) =>
              api.POST('/api/v1/posts/{code}/cover', {
                params: { path: { code: covering.code } },
                body,
                headers,
              })
            }
            close={() => setCovering(null)}
          />
        )}
      </Suspense>
    </>
  );
}

function stateOf({ headcount, is_optional, is_role_tag, is_external }: PostView) {
  if (is_external) return <span className="muted">{t('posts.external')}</span>;
  if (is_role_tag) return <span className="muted">{t('posts.role')}</span>;
  if (headcount.vacant > 0)
    return <Pill tone="warn">{t('posts.vacant', { n: headcount.vacant })}</Pill>;
  if (headcount.surplus > 0)
    return <Pill tone="late">{t('posts.surplus', { n: headcount.surplus })}</Pill>;
  if (headcount.establishment === null || headcount.establishment === undefined)
    return (
      <span className="muted">
        {headcount.actual === 0 && is_optional ? t('posts.optional') : t('posts.unset')}
      </span>
    );
  return <Pill tone="ok">{t('posts.full')}</Pill>;
}

/** Headcount, vacancy rate, uncovered absences: each counted by the server. */
function Figures({ estate }: { estate: string }) {
  const title = usePostTitle();
  const figures = useQuery({
    queryKey: ['org', 'figures', estate],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/org-figures', { params: { query: { estate_id: estate } }, signal })),
    enabled: estate !== '',
    meta: { kinds: ['assignment', 'post', 'absence', 'acting_period'] },
  });
  if (!figures.data) return null;
  const { people, headcount, vacancy_rate_e4, uncovered_absence_days, span_of_control } =
    figures.data;
  const widest = [...span_of_control].sort((a, b) => b.people - a.people)[0];
  return (
    <dl className="org-figures">
      <Figure label={t('figures.people')}>{people}</Figure>
      <Figure label={t('figures.establishment')}>{headcount.establishment ?? '—'}</Figure>
      <Figure label={t('figures.vacant')}>{headcount.vacant}</Figure>
      <Figure label={t('figures.vacancy_rate')}>
        {vacancy_rate_e4 === null || vacancy_rate_e4 === undefined
          ? '—'
          : formatShare(vacancy_rate_e4 / 10_000)}
      </Figure>
      <Figure label={t('figures.uncovered')}>
        {t('figures.days', { n: uncovered_absence_days })}
      </Figure>
      {widest && (
        <Figure label={t('figures.span')}>
          {title(widest.post)} {t('figures.people_n', { n: widest.people })}
        </Figure>
      )}
    </dl>
  );
}

function Figure({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
