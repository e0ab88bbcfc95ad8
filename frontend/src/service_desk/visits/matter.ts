import { useQuery } from '@tanstack/react-query';
import { api, ok, type Schema } from '@/api/client';
import type { FileEntry } from '@/ui/record';

/** What a visit asks about: whom to call, and the photos of the whole chain. */
export interface Matter {
  name?: string | null | undefined;
  phone?: Schema<'Disclosed'> | null | undefined;
  files: readonly FileEntry[];
}

/** The order, case or dispute of a visit, as far as whoever asks needs it. */
export function useMatter(visit: Schema<'VisitDetail'>): Matter {
  const { subject, subject_id: id } = visit;
  const found = useQuery({
    queryKey: ['service_desk', 'matter', subject, id],
    queryFn: ({ signal }) => load(subject, id, signal),
    retry: false,
    meta: { kinds: [subject, 'file'] },
  });
  return found.data ?? { files: [] };
}

async function load(
  subject: Schema<'VisitSubject'>,
  id: string,
  signal: AbortSignal,
): Promise<Matter> {
  const params = { path: { id } };
  if (subject === 'work_order') {
    const it = await ok(api.GET('/api/v1/work-orders/{id}', { params, signal }));
    const { request } = it;
    return {
      name: request.contact_name ?? request.party_name,
      phone: request.contact_phone,
      files: it.files,
    };
  }
  if (subject === 'case') {
    const it = await ok(api.GET('/api/v1/cases/{id}', { params, signal }));
    return {
      name: it.reporter_name?.value ?? it.party_name,
      phone: it.reporter_phone,
      files: it.files,
    };
  }
  const it = await ok(api.GET('/api/v1/disputes/{id}', { params, signal }));
  const applicant = it.parties.find((one) => one.side === 'applicant');
  return {
    name: applicant?.party_name ?? applicant?.name?.value,
    phone: applicant?.phone,
    files: it.files,
  };
}
