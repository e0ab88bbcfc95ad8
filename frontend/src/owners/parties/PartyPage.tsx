import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/owners';
import { t as ui } from '@/locales/ui';
import { type RecordAction, RecordPage, Section, Trail } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { Days, Pill, TimeText } from '@/ui/text';
import { HouseLink } from '../names';
import { whenOf } from '../occupancies/when';
import { wordsOf } from '../trail';
import { Disclosed, Phones, RolePill } from '../words';
import { Papers } from './Papers';
import '../owners.css';

const PartyForm = lazy(() => import('./PartyForm'));
const EndOccupancy = lazy(() => import('../occupancies/EndOccupancy'));
const NewOccupancy = lazy(() => import('../occupancies/NewOccupancy'));

/** One owner, tenant or user: contact as far as one may see it, houses by date, papers, history. */
export function PartyPage({ id }: { id: string }) {
  const can = useCan();
  const [open, setOpen] = useState<'change' | 'move_in' | null>(null);
  const [ending, setEnding] = useState<Schema<'Residence'> | null>(null);
  const record = useQuery({
    queryKey: ['owners', 'party-record', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/parties/{id}/record', { params: { path: { id } }, signal })),
    meta: { kinds: ['party', 'occupancy', 'house'] },
  });
  if (record.isPending) return <Skeleton lines={8} />;
  if (record.isError) return <ErrorView error={record.error} retry={() => record.refetch()} />;
  const { party, occupancies } = record.data;
  const present = occupancies.filter((one) => one.present);
  const editing = can('party.edit');
  const moveIn: RecordAction = {
    key: 'move_in',
    label: t('occupancy.new'),
    onClick: () => setOpen('move_in'),
  };
  return (
    <>
      <RecordPage
        eyebrow={`${t('party.record')} ${party.no}`}
        title={party.name}
        state={<RolePill role={party.kind} />}
        backTo="/parties"
        {...(editing && { next: moveIn })}
        others={
          editing
            ? [{ key: 'change', label: t('party.edit'), onClick: () => setOpen('change') }]
            : []
        }
        facts={[
          { label: t('party.phones'), value: <Phones of={party.phones} /> },
          { label: t('party.identity'), value: <Disclosed of={party.identity_number} /> },
          {
            label: t('party.homes'),
            value:
              present.length === 0 ? (
                <span className="muted">{t('party.no_home')}</span>
              ) : (
                <span className="ow-homes">
                  {present.map((one) => (
                    <HouseLink key={one.occupancy.id} id={one.house.id} no={one.house.no} />
                  ))}
                </span>
              ),
          },
          { label: t('field.note'), value: party.note || '—' },
          { label: t('field.updated'), value: <TimeText value={party.updated_at} /> },
        ]}
        side={[
          ...(can('party.identity_read')
            ? [{ key: 'papers', label: t('party.papers'), content: <Papers id={id} /> }]
            : []),
          ...(can('trail.read')
            ? [
                {
                  key: 'history',
                  label: ui('record.history'),
                  content: <Trail kind="party" id={id} words={wordsOf()} />,
                },
              ]
            : []),
        ]}
      >
        <Section title={t('party.occupancies')}>
          {occupancies.length === 0 ? (
            <p className="muted">{t('party.no_occupancy')}</p>
          ) : (
            <ul className="ow-lines">
              {occupancies.map((one) => (
                <Line
                  key={one.occupancy.id}
                  of={one}
                  {...(editing && { end: () => setEnding(one) })}
                />
              ))}
            </ul>
          )}
        </Section>
      </RecordPage>
      <Suspense>
        {open === 'change' && <PartyForm party={party} close={() => setOpen(null)} />}
        {open === 'move_in' && (
          <NewOccupancy party={{ id: party.id, name: party.name }} close={() => setOpen(null)} />
        )}
        {ending && (
          <EndOccupancy
            id={ending.occupancy.id}
            role={ending.occupancy.role}
            who={party.name}
            house={ending.house.no}
            close={() => setEnding(null)}
          />
        )}
      </Suspense>
    </>
  );
}

function Line({ of, end }: { of: Schema<'Residence'>; end?: () => void }) {
  const { occupancy, house } = of;
  const when = whenOf(occupancy);
  return (
    <li>
      <HouseLink id={house.id} no={house.no} />
      <RolePill role={occupancy.role} />
      <Days from={occupancy.valid_from} until={occupancy.valid_until} />
      <Pill tone={when === 'now' ? 'ok' : 'plain'}>{t(`when.${when}`)}</Pill>
      {occupancy.end_reason && <span className="muted">{occupancy.end_reason}</span>}
      {end && when !== 'past' && (
        <Button size="small" className="ow-line-action" onClick={end}>
          {t('occupancy.end')}
        </Button>
      )}
    </li>
  );
}
