import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { lang } from '@/locales/lang';
import { t } from '@/locales/org';
import { t as ui } from '@/locales/ui';
import { trailWords } from '@/system/trailWords';
import { DetailDrawer } from '@/ui/DetailDrawer';
import { useConfirm } from '@/ui/form';
import { listed } from '@/ui/format';
import { ListPage, useShown, whole } from '@/ui/list';
import { Facts, Trail } from '@/ui/record';
import { Days, Pill, type Tone } from '@/ui/text';
import { toast } from '@/ui/toast';
import { usePosts, usePostTitle } from './lookups';

export type Edge = Schema<'ReportingEdge'>;
const NewEdge = lazy(() => import('./NewEdge'));
const EndForm = lazy(() => import('./EndForm'));

const TONE: Record<string, Tone> = { draft: 'warn', effective: 'ok', superseded: 'plain' };

/** Who reports to whom, by date: drafts, what is in force, what was replaced. */
export function EdgesPage() {
  const can = useCan();
  const title = usePostTitle();
  const posts = usePosts();
  const english = lang() === 'en';
  const [open, setOpen] = useShown<Edge>(async (id) =>
    (await ok(api.GET('/api/v1/reporting-edges'))).items.find((edge) => edge.id === id),
  );
  const [making, setMaking] = useState(false);
  return (
    <>
      <ListPage<Edge>
        name="org.edges"
        title={t('edges.title')}
        kinds={['reporting_edge']}
        fetch={async ({ post, kind, state, on }, signal) => {
          const query = {
            ...(post ? { post: post as Schema<'PostCode'> } : {}),
            ...(kind ? { kind: kind as Schema<'EdgeKind'> } : {}),
            ...(state ? { state: state as Schema<'EdgeState'> } : {}),
            ...(on ? { on: String(on) } : {}),
          };
          return whole(await ok(api.GET('/api/v1/reporting-edges', { params: { query }, signal })));
        }}
        rowKey={(row) => row.id}
        onOpen={setOpen}
        exportPath="/api/v1/reporting-edges"
        columns={[
          {
            key: 'child',
            title: t('edges.title'),
            render: (row) => (
              <>
                {title(row.child_post)} → {title(row.parent_post)}
              </>
            ),
            card: 'title',
          },
          { key: 'kind', title: t('edge.kind'), render: (row) => t.code('edge.kind', row.kind) },
          { key: 'matter', title: t('edge.matter'), render: (row) => t.code('matter', row.matter) },
          {
            key: 'days',
            title: t('edge.days'),
            render: (row) => <Days from={row.valid_from} until={row.valid_until} />,
            width: 290,
          },
          { key: 'state', title: t('edge.state'), render: statePill, card: 'side', width: 110 },
        ]}
        filters={[
          {
            key: 'post',
            label: t('posts.post'),
            kind: 'choice',
            options: posts.map((post) => ({
              value: post.code,
              label: english ? post.title_en : post.title_zh,
            })),
          },
          {
            key: 'kind',
            label: t('edge.kind'),
            kind: 'choice',
            options: ['line', 'functional', 'incident_command'].map((value) => ({
              value,
              label: t.code('edge.kind', value),
            })),
          },
          {
            key: 'state',
            label: t('edge.state'),
            kind: 'choice',
            options: ['draft', 'effective', 'superseded'].map((value) => ({
              value,
              label: t.code('edge.state', value),
            })),
          },
        ]}
        actions={
          can('org.propose') && (
            <Button type="primary" onClick={() => setMaking(true)}>
              {t('edge.new')}
            </Button>
          )
        }
      />
      {open && <Detail edge={open} show={setOpen} />}
      <Suspense>{making && <NewEdge close={() => setMaking(false)} />}</Suspense>
    </>
  );
}

const statePill = (edge: Edge) => (
  <Pill tone={TONE[edge.state] ?? 'plain'}>{t.code('edge.state', edge.state)}</Pill>
);

function Detail({ edge, show }: { edge: Edge; show: (edge: Edge | null) => void }) {
  const can = useCan();
  const title = usePostTitle();
  const [ask, window] = useConfirm();
  const [ending, setEnding] = useState(false);
  const params = { path: { id: edge.id } };
  const about = `${title(edge.child_post)} → ${title(edge.parent_post)}`;
  const done = (after: Edge) => {
    show(after);
    toast(t('done.saved'));
    reloadKind('reporting_edge');
  };
  const approve = () =>
    ask({
      title: t('edge.approve_ask'),
      text: (
        <>
          {about}
          <br />
          {t('edge.approve_text')}
        </>
      ),
      confirm: t('edge.approve'),
      reason: 'none',
      run: async (_, headers) =>
        done(
          await ok(api.POST('/api/v1/reporting-edges/{id}/approve', { params, body: {}, headers })),
        ),
    });
  const touched = Array.isArray(edge.touches) ? edge.touches.length : 0;
  return (
    <DetailDrawer
      open
      title={about}
      onClose={() => show(null)}
      footer={
        can('org.edit') && (
          <div className="form-foot detail-foot">
            {edge.state !== 'superseded' && (
              <Button danger onClick={() => setEnding(true)}>
                {edge.state === 'draft' ? t('edge.drop') : t('edge.end')}
              </Button>
            )}
            {edge.state === 'draft' && (
              <Button type="primary" onClick={approve}>
                {t('edge.approve')}
              </Button>
            )}
          </div>
        )
      }
    >
      <Facts
        facts={[
          { label: t('edge.child'), value: title(edge.child_post) },
          { label: t('edge.parent'), value: title(edge.parent_post) },
          { label: t('edge.kind'), value: t.code('edge.kind', edge.kind) },
          { label: t('edge.matter'), value: t.code('matter', edge.matter) || '—' },
          {
            label: t('edge.days'),
            value: <Days from={edge.valid_from} until={edge.valid_until} />,
          },
          { label: t('edge.state'), value: statePill(edge) },
          { label: t('field.reason'), value: edge.reason ?? '—' },
          { label: t('field.clauses'), value: listed(edge.source_clauses) || '—' },
        ]}
      />
      {touched > 0 && <p className="notice notice-warn">{t('edge.touches', { n: touched })}</p>}
      {can('trail.read') && (
        <section style={{ marginTop: 24 }}>
          <h3>{ui('record.history')}</h3>
          <Trail kind="reporting_edge" id={edge.id} words={trailWords} />
        </section>
      )}
      {window}
      <Suspense>
        {ending && (
          <EndForm
            title={edge.state === 'draft' ? t('edge.drop') : t('edge.end')}
            name={`org.edge.${edge.id}.end`}
            lead={about}
            send={async (body, headers) =>
              done(
                await ok(api.POST('/api/v1/reporting-edges/{id}/end', { params, body, headers })),
              )
            }
            close={() => setEnding(false)}
          />
        )}
      </Suspense>
    </DetailDrawer>
  );
}
