import { useState } from 'react';
import type { Schema } from '@/api/client';
import { usePrivateUrl } from '../privateUrl';
import { Sheet } from '.';

interface PicturesProps {
  files: readonly Schema<'StoredFile'>[];
  /** What a tap on one does, for screen readers. */
  label: string;
}

/** The photos among the files of a record: small, and large by a tap. */
export function Pictures({ files, label }: PicturesProps) {
  const [open, setOpen] = useState<Schema<'StoredFile'> | null>(null);
  const photos = files.filter((file) => file.thumb);
  if (photos.length === 0) return null;
  return (
    <>
      <div className="m-photos">
        {photos.map((file) => (
          <Thumb key={file.id} file={file} label={label} open={() => setOpen(file)} />
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

function Thumb(props: { file: Schema<'StoredFile'>; label: string; open: () => void }) {
  const { file, label, open } = props;
  const url = usePrivateUrl(file.thumb ?? null);
  return (
    <button type="button" className="m-thumb" aria-label={label} onClick={open}>
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
