import { useQuery } from '@tanstack/react-query';
import { useCan } from '@/access/can';
import { useMe } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/owners';
import { t as ui } from '@/locales/ui';
import { usePostTitle } from '@/org/lookups';
import { Anchor } from '@/ui/Anchor';
import { useConfirm } from '@/ui/form';
import { type RecordAction, RecordPage, type Step, Trail } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { toast } from '@/ui/toast';
import { HouseLink } from '../names';
import { wordsOf } from '../trail';
import { ConsultationPill } from '../words';
import { DueOf } from './ConsultationsPage';
import '../owners.css';

type Line = Schema<'ConsultationLine'>;

/** One consultation: asked, approved or refused, handed out, taken back. */
export function ConsultationPage({ id }: { id: string }) {
  const found = useQuery({
    queryKey: ['owners', 'consultation', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/consultations/{id}', { params: { path: { id } }, signal })),
    meta: { kinds: ['consultation'] },
  });
  if (found.isPending) return <Skeleton lines={6} />;
  if (found.isError) return <ErrorView error={found.error} retry={() => found.refetch()} />;
  return <Loaded it={found.data} />;
}

function Loaded({ it }: { it: Line }) {
  const can = useCan();
  const title = usePostTitle();
  const { actions, window } = useActions(it);
  const [next, ...others] = actions;
  return (
    <>
      <RecordPage
        eyebrow={`${t('consultation.record')} ${it.no}`}
        title={it.purpose}
        state={<ConsultationPill state={it.state} />}
        backTo="/consultations"
        {...(next && { next })}
        others={others}
        facts={[
          {
            label: t('consultation.file'),
            value: <Anchor href={`/house-files/${it.house_file_id}`}>{it.file_no}</Anchor>,
          },
          {
            label: t('field.house'),
            value: it.house_id ? <HouseLink id={it.house_id} no={it.house_no} /> : '—',
          },
          {
            label: t('consultation.reader'),
            value: (
              <>
                {it.reader_name} <span className="muted">{title(it.responsible_post)}</span>
              </>
            ),
          },
          { label: t('consultation.due_on'), value: <DueOf row={it} /> },
          {
            label: t('consultation.own_duty'),
            value: it.own_duty ? t('consultation.own_duty_yes') : t('consultation.own_duty_no'),
          },
          ...(it.decision_note
            ? [{ label: t('consultation.decision_note'), value: it.decision_note }]
            : []),
        ]}
        steps={stepsOf(it)}
        side={
          can('trail.read')
            ? [
                {
                  key: 'history',
                  label: ui('record.history'),
                  content: (
                    <Trail kind="consultation" id={it.id} words={wordsOf('consultation_state')} />
                  ),
                },
              ]
            : []
        }
      />
      {window}
    </>
  );
}

function useActions(it: Line) {
  const can = useCan();
  const me = useMe();
  const [ask, window] = useConfirm();
  const params = { path: { id: it.id } };
  const done = (said: string) => {
    toast(said);
    reloadKind('consultation');
    reloadKind('house_file');
  };
  const mine = me.employee?.id === it.created_by;
  const about = t('consultation.about', {
    who: it.reader_name ?? '',
    house: it.house_no,
    file: it.file_no,
  });

  const approve: RecordAction = {
    key: 'approve',
    label: t('consultation.approve'),
    onClick: () =>
      ask({
        title: t('consultation.approve_ask'),
        text: about,
        confirm: t('consultation.approve'),
        reason: 'optional',
        reasonLabel: t('consultation.decision_note'),
        run: async (note, headers) => {
          const body = { note: note || null };
          await api.POST('/api/v1/consultations/{id}/approve', { params, body, headers });
          done(t('done.approved'));
        },
      }),
  };
  const reject: RecordAction = {
    key: 'reject',
    label: t('consultation.reject'),
    danger: true,
    onClick: () =>
      ask({
        title: t('consultation.reject_ask'),
        text: about,
        confirm: t('consultation.reject'),
        danger: true,
        run: async (reason, headers) => {
          await api.POST('/api/v1/consultations/{id}/reject', {
            params,
            body: { reason },
            headers,
          });
          done(t('done.rejected'));
        },
      }),
  };
  const handOut: RecordAction = {
    key: 'hand_out',
    label: t('consultation.hand_out'),
    onClick: () =>
      ask({
        title: t('consultation.hand_out_ask'),
        text: about,
        confirm: t('consultation.hand_out'),
        reason: 'optional',
        reasonLabel: t('consultation.remark'),
        run: async (note, headers) => {
          const body = { note: note || null };
          await api.POST('/api/v1/consultations/{id}/hand-out', { params, body, headers });
          done(t('done.handed_out'));
        },
      }),
  };
  const takeBack: RecordAction = {
    key: 'take_back',
    label: t('consultation.take_back'),
    onClick: () =>
      ask({
        title: t('consultation.take_back_ask'),
        text: about,
        confirm: t('consultation.take_back'),
        reason: 'optional',
        reasonLabel: t('consultation.remark'),
        run: async (note, headers) => {
          const body = { note: note || null };
          await api.POST('/api/v1/consultations/{id}/return', { params, body, headers });
          done(t('done.returned'));
        },
      }),
  };
  const withdraw: RecordAction = {
    key: 'withdraw',
    label: t('consultation.withdraw'),
    onClick: () =>
      ask({
        title: t('consultation.withdraw_ask'),
        text: about,
        confirm: t('consultation.withdraw'),
        reason: 'none',
        run: async (_, headers) => {
          await api.POST('/api/v1/consultations/{id}/withdraw', { params, body: {}, headers });
          done(t('done.withdrawn'));
        },
      }),
  };

  const keeps = can('party.edit');
  const actions: RecordAction[] = [];
  if (it.state === 'requested' && can('archive.approve') && !mine) actions.push(approve, reject);
  if (it.state === 'approved' && keeps) actions.push(handOut);
  if (it.state === 'out' && keeps) actions.push(takeBack);
  if (mine && (it.state === 'requested' || it.state === 'approved')) actions.push(withdraw);
  return { actions, window };
}

/** Asked → approved → out → back; a refusal or a withdrawal ends it. */
function stepsOf(it: Line): Step[] {
  const asked: Step = {
    key: 'requested',
    label: t('step.requested'),
    phase: it.state === 'requested' ? 'now' : 'done',
    who: it.reader_name,
    at: it.requested_at,
  };
  const over = it.state === 'rejected' || it.state === 'withdrawn';
  const approved: Step = {
    key: 'approved',
    label: t('consultation_state.approved'),
    phase: it.state === 'requested' ? 'next' : it.state === 'approved' ? 'now' : 'done',
    who: it.own_duty ? t('step.own_duty') : it.decided_by_name,
    at: it.decided_at ?? null,
  };
  if (over) {
    const end: Step = {
      key: it.state,
      label: t.code('consultation_state', it.state),
      phase: 'now',
      who: it.state === 'rejected' ? it.decided_by_name : it.reader_name,
      at: it.state === 'rejected' ? (it.decided_at ?? null) : it.updated_at,
      note: it.state === 'rejected' ? it.decision_note : null,
    };
    return it.state === 'withdrawn' && (it.own_duty || it.decided_at)
      ? [asked, { ...approved, phase: 'done' }, end]
      : [asked, end];
  }
  return [
    asked,
    approved,
    {
      key: 'out',
      label: t('consultation_state.out'),
      phase: it.state === 'out' ? 'now' : it.returned_at ? 'done' : 'next',
      who: it.handed_out_by_name,
      at: it.out_at ?? null,
    },
    {
      key: 'returned',
      label: t('consultation_state.returned'),
      phase: it.returned_at ? 'done' : 'next',
      who: it.received_by_name,
      at: it.returned_at ?? null,
    },
  ];
}
