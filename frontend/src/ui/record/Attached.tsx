import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, type Kind, ok } from '@/api/client';
import { t } from '@/locales/ui';
import { ErrorView, Skeleton } from '../StateView';
import { Files } from './Files';

const AttachFiles = lazy(() => import('./AttachFiles'));

/** The files of a record, read and added to; reloads when the record changes. */
export function Attached({ kind, id }: { kind: Kind; id: string }) {
  const can = useCan();
  const [adding, setAdding] = useState(false);
  const files = useQuery({
    queryKey: ['attached', kind, id],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/attachments', {
          params: { query: { subject_kind: kind, subject_id: id } },
          signal,
        }),
      ),
    meta: { kinds: [kind, 'file'] },
  });
  if (files.isPending) return <Skeleton lines={1} />;
  if (files.isError) return <ErrorView error={files.error} retry={() => files.refetch()} />;
  return (
    <>
      <Files files={files.data} />
      {can('file.create') && (
        <Button size="small" className="files-attach" onClick={() => setAdding(true)}>
          {t('form.file_add')}
        </Button>
      )}
      <Suspense>
        {adding && <AttachFiles kind={kind} id={id} close={() => setAdding(false)} />}
      </Suspense>
    </>
  );
}
