import { useState } from 'react';
import { api, type Kind } from '@/api/client';
import { sayError } from '@/api/problem';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/service_desk';
import { FilesField } from '@/ui/form/FilesField';
import { toast, toastError } from '@/ui/toast';

/** Puts photos and papers on a record after it was made: a signed agreement, a letter. */
export function AddFiles({ kind, id }: { kind: Kind; id: string }) {
  const [round, setRound] = useState(0);
  async function attach(file_ids: string[]) {
    try {
      await api.POST('/api/v1/attachments', {
        body: { subject_kind: kind, subject_id: id, file_ids },
      });
      toast(t('files.added'));
      reloadKind(kind);
    } catch (error) {
      toastError(sayError(error));
    } finally {
      setRound(round + 1);
    }
  }
  return (
    <div className="sd-add">
      <FilesField key={round} value={[]} onChange={attach} />
    </div>
  );
}
