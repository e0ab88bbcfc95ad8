import { useCan } from '@/access/can';
import { Anchor } from '@/ui/Anchor';

/** Clauses by their numbers, each leading to its text for those who may read the manual. */
export function Clauses({ ids }: { ids: readonly string[] }) {
  const read = useCan()('manual.read');
  return (
    <span className="duty-clauses">
      {ids.map((id) =>
        read ? (
          <Anchor key={id} href={`/manual/clauses/${id}`}>
            {id}
          </Anchor>
        ) : (
          <span key={id}>{id}</span>
        ),
      )}
    </span>
  );
}
