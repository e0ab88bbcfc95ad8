import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/estate';
import { Anchor } from '@/ui/Anchor';
import { addDays, formatDate } from '@/ui/format';
import { Facts, Section } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { DateText, Pill } from '@/ui/text';
import { recordHref } from '../elements';
import { Measure, StatePill } from '../words';
import { ElementRecord } from './ElementRecord';

type HouseRecord = Schema<'HouseRecord'>;

/** All that is known of a house; `children` is what other contexts have about it. */
export function HousePage({ id, children }: { id: string; children?: ReactNode }) {
  const record = useQuery({
    queryKey: ['estate', 'house-record', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/houses/{id}/record', { params: { path: { id } }, signal })),
    meta: { kinds: ['house', 'block', 'occupancy', 'party', 'house_file', 'parking_space'] },
  });
  if (record.isPending) return <Skeleton lines={10} />;
  if (record.isError) return <ErrorView error={record.error} retry={() => record.refetch()} />;
  const { house, area, block } = record.data;
  return (
    <ElementRecord
      kind="house"
      element={house}
      within={[area?.name, block.name].filter(Boolean).join(' · ')}
    >
      <Occupants record={record.data} />
      <FileAndParking record={record.data} />
      {children}
    </ElementRecord>
  );
}

function Occupants({ record }: { record: HouseRecord }) {
  const present = record.occupants.filter((one) => one.present);
  const others = record.occupants.filter((one) => !one.present);
  return (
    <Section
      title={t('house.occupants')}
      extra={
        <Anchor href={`/occupancies?house_id=${record.house.id}`}>{t('house.occupancies')}</Anchor>
      }
    >
      {present.length === 0 && <p className="es-missing">{t('gap.no_occupant')}</p>}
      <ul className="es-rows">
        {present.map((one) => (
          <Occupant key={one.occupancy.id} of={one} />
        ))}
      </ul>
      {others.length > 0 && (
        <details className="es-former">
          <summary>{t('house.former', { n: others.length })}</summary>
          <ul className="es-rows">
            {others.map((one) => (
              <Occupant key={one.occupancy.id} of={one} />
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

function Occupant({ of }: { of: Schema<'Occupant'> }) {
  const { party, occupancy } = of;
  return (
    <li>
      <Anchor href={`/parties/${party.id}`}>{party.name}</Anchor>
      <Pill tone={occupancy.role === 'owner' ? 'accent' : 'plain'}>
        {t.code('role', occupancy.role)}
      </Pill>
      <span className="es-phones">
        {party.phones.map((phone, i) =>
          phone.value && !phone.masked ? (
            <a key={phone.value} className="num" href={`tel:${phone.value}`}>
              {phone.value}
            </a>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: masked phones have nothing of their own
            <span key={i} className="num muted">
              {phone.value ?? t('value.masked')}
            </span>
          ),
        )}
      </span>
      <span className="muted">
        {occupancy.valid_until
          ? t('house.was_from_until', {
              from: formatDate(occupancy.valid_from),
              until: formatDate(addDays(occupancy.valid_until, -1)),
            })
          : t('house.since', { from: formatDate(occupancy.valid_from) })}
        {occupancy.end_reason && ` · ${occupancy.end_reason}`}
      </span>
    </li>
  );
}

function FileAndParking({ record }: { record: HouseRecord }) {
  const can = useCan();
  const { file, parking_spaces: spaces } = record;
  return (
    <>
      <Section
        title={t('house.file')}
        extra={file && <Anchor href={`/house-files/${file.id}`}>{t('house.open_file')}</Anchor>}
      >
        {file ? (
          <Facts
            facts={[
              {
                label: t('file.no'),
                value: <Anchor href={`/house-files/${file.id}`}>{file.no}</Anchor>,
              },
              {
                label: t('field.state'),
                value: (
                  <Pill tone={file.missing.length > 0 ? 'warn' : 'ok'}>
                    {t.code('file_state', file.state)}
                  </Pill>
                ),
              },
              { label: t('file.location'), value: file.location || '—' },
              { label: t('file.opened_on'), value: <DateText value={file.opened_on} /> },
              ...(file.missing.length > 0
                ? [
                    {
                      label: t('file.missing'),
                      value: file.missing
                        .map((kind) => t.code('file_item', kind))
                        .join(t('sign.among')),
                    },
                  ]
                : []),
            ]}
          />
        ) : (
          <p className="es-missing">
            {t('gap.no_file')}{' '}
            {can('party.edit') && (
              <Anchor href={`/house-files?house_id=${record.house.id}`}>
                {t('house.open_new')}
              </Anchor>
            )}
          </p>
        )}
      </Section>
      <Section title={t('kind.parking_space')}>
        {spaces.length === 0 ? (
          <p className="muted">{t('house.no_parking')}</p>
        ) : (
          <ul className="es-rows">
            {spaces.map((space) => (
              <li key={space.id}>
                <Anchor className="num" href={recordHref('parking_space', space.id)}>
                  {space.no}
                </Anchor>
                <span>{t.code('parking_kind', space.kind)}</span>
                <span className="muted">{space.location}</span>
                <Measure milli={space.area_milli} />
                <StatePill state={space.state} />
              </li>
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}
