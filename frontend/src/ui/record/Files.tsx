import { FileOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Image } from 'antd';
import { useEffect, useState } from 'react';
import { download } from '@/api/download';
import { send } from '@/api/send';
import { t } from '@/locales/ui';

/** A file of a record as the server lists it. */
export interface FileEntry {
  id: string;
  name: string;
  /** Path of the file itself in the API. */
  path: string;
  /** Path of its small picture, for images. */
  thumb?: string | null;
}

/** Photos as thumbnails that open large, other files as downloads. */
export function Files({ files }: { files: readonly FileEntry[] }) {
  if (files.length === 0) return <p className="muted">{t('record.no_files')}</p>;
  return (
    <div className="files">
      {files.map((file) =>
        file.thumb ? (
          <Photo key={file.id} file={file} thumb={file.thumb} />
        ) : (
          <button key={file.id} type="button" onClick={() => download(file.path, file.name)}>
            <FileOutlined /> {file.name}
          </button>
        ),
      )}
    </div>
  );
}

/** An address for a file that only the signed-in may see: `<img>` cannot send the token. */
export function usePrivateUrl(path: string | null): string | undefined {
  const { data } = useQuery({
    queryKey: ['file', path],
    enabled: path !== null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const request = new Request(new URL(path ?? '', location.origin), { signal });
      return (await send(request)).blob();
    },
  });
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!data) return;
    const made = URL.createObjectURL(data);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return url;
}

function Photo({ file, thumb }: { file: FileEntry; thumb: string }) {
  const [open, setOpen] = useState(false);
  const small = usePrivateUrl(thumb);
  const large = usePrivateUrl(open ? file.path : null);
  return small ? (
    <Image
      src={small}
      alt={file.name}
      width={88}
      height={88}
      preview={{ src: large ?? small, open, onOpenChange: setOpen }}
    />
  ) : (
    <span className="skeleton" style={{ width: 88, height: 88 }} />
  );
}
