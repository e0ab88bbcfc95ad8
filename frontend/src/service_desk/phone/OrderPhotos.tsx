import { useState } from 'react';
import type { Schema } from '@/api/client';
import { t } from '@/locales/field';
import { Sheet } from '@/ui/phone';
import { usePrivateUrl } from '@/ui/privateUrl';

/** What the resident and the desk have photographed: small, and large by a tap. */
export function OrderPhotos({ files }: { files: readonly Schema<'StoredFile'>[] }) {
  const [open, setOpen] = useState<Schema<'StoredFile'> | null>(null);
  const photos = files.filter((file) => file.thumb);
  if (photos.length === 0) return null;
  return (
    <>
      <div className="m-photos">
        {photos.map((file) => (
          <Thumb key={file.id} file={file} open={() => setOpen(file)} />
        ))}
      </div>
      {open && (
        <Sheet title={open.name} onClose={() => setOpen(null)}>
          <Large file={open} />
        </Sheet>
      )}
    </>
  );
}

function Thumb({ file, open }: { file: Schema<'StoredFile'>; open: () => void }) {
  const url = usePrivateUrl(file.thumb ?? null);
  return (
    <button type="button" className="m-thumb" aria-label={t('field.photo')} onClick={open}>
      {url && <img src={url} alt="" />}
    </button>
  );
}

function Large({ file }: { file: Schema<'StoredFile'> }) {
  const url = usePrivateUrl(file.path);
  return url ? (
    <img className="m-large" src={url} alt={file.name} />
  ) : (
    <span className="skeleton" />
  );
}
