import { useQuery } from '@tanstack/react-query';
import { api, ok, type Schema } from '@/api/client';
import { Anchor } from '@/ui/Anchor';

/** Where the estate register shows a house. */
export const houseHref = (id: string) => `/estate/houses/${id}`;

/** What stands on a door, leading to the house. */
export const HouseLink = ({ id, no }: { id: string; no: string }) => (
  <Anchor className="num" href={houseHref(id)}>
    {no}
  </Anchor>
);

/** Where somebody is at home today, with what they are there. */
export function Homes({
  of,
  role,
}: {
  of: readonly Schema<'Home'>[];
  role: (code: string) => string;
}) {
  if (of.length === 0) return <span className="muted">—</span>;
  return (
    <span className="ow-homes">
      {of.map((home) => (
        <span key={`${home.house_id}${home.role}`}>
          <HouseLink id={home.house_id} no={home.house_no} />{' '}
          <span className="muted">{role(home.role)}</span>
        </span>
      ))}
    </span>
  );
}

/** The number of a house of which only the id is known. */
export function HouseNo({ id }: { id: string }) {
  return useHouse(id).data?.no ?? '…';
}

export const useHouse = (id: string | null | undefined) =>
  useQuery({
    queryKey: ['estate', 'house', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/houses/{id}', { params: { path: { id: id ?? '' } }, signal })),
    enabled: Boolean(id),
    meta: { kinds: ['house'] },
  });

/** The name of a party of which only the id is known. */
export function PartyName({ id }: { id: string }) {
  const party = useQuery({
    queryKey: ['owners', 'party', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/parties/{id}', { params: { path: { id } }, signal })),
    meta: { kinds: ['party'] },
  });
  return party.data?.name ?? '…';
}

/** The number and house of a file of which only the id is known. */
export function FileName({ id }: { id: string }) {
  const file = useQuery({
    queryKey: ['owners', 'house-file', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/house-files/{id}', { params: { path: { id } }, signal })),
    meta: { kinds: ['house_file'] },
  });
  return file.data ? `${file.data.no} ${file.data.house_no}` : '…';
}
