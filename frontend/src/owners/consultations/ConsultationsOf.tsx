import { useQuery } from '@tanstack/react-query';
import { api, ok } from '@/api/client';
import { t } from '@/locales/owners';
import { Anchor } from '@/ui/Anchor';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { Deadline } from '@/ui/text';
import { ConsultationPill } from '../words';

const FEW = 10;

/** Who read this file; keepers see everybody, others what they asked for themselves. */
export function ConsultationsOf(props: { file: string; estate: string; all: boolean }) {
  const { file, estate, all } = props;
  const found = useQuery({
    queryKey: ['owners', 'consultations', 'of', file],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/consultations', {
          params: { query: { house_file_id: file, estate_id: estate, limit: FEW } },
          signal,
        }),
      ),
    meta: { kinds: ['consultation'] },
  });
  if (found.isPending) return <Skeleton lines={2} />;
  if (found.isError) return <ErrorView error={found.error} retry={() => found.refetch()} />;
  if (found.data.items.length === 0) {
    return (
      <p className="muted">
        {all ? t('consultations.none_of_file') : t('consultations.none_mine')}
      </p>
    );
  }
  return (
    <>
      <ul className="ow-lines">
        {found.data.items.map((one) => (
          <li key={one.id}>
            <Anchor href={`/consultations/${one.id}`}>{one.no}</Anchor>
            <span>{one.reader_name}</span>
            <span className="ow-grow">{one.purpose}</span>
            <ConsultationPill state={one.state} />
            {one.state === 'out' && <Deadline due={one.due_on} />}
          </li>
        ))}
      </ul>
      {found.data.next_cursor && (
        <Anchor href={`/consultations?house_file_id=${file}`}>{t('consultations.all')}</Anchor>
      )}
    </>
  );
}
