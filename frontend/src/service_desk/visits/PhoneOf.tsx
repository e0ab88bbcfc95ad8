import { useQuery } from '@tanstack/react-query';
import { api, ok, type Schema } from '@/api/client';
import { Private } from '../pills';

interface PhoneOfProps {
  /** As written down with the matter. */
  known: Schema<'Disclosed'> | null | undefined;
  /** Otherwise as the owner archive has it. */
  party: string | null | undefined;
}

/** The number to call, a touch away where the device can call. */
export function PhoneOf({ known, party }: PhoneOfProps) {
  const found = useQuery({
    queryKey: ['service_desk', 'party', party],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/parties/{id}', { params: { path: { id: party as string } }, signal })),
    enabled: !known?.value && Boolean(party),
    retry: false,
    meta: { kinds: ['party'] },
  });
  const phone = known?.value ? known : found.data?.phones[0];
  if (!phone?.value || phone.masked) return <Private of={phone} />;
  return (
    <a className="num" href={`tel:${phone.value}`}>
      {phone.value}
    </a>
  );
}
