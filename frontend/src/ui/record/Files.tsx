import { FileOutlined } from '@ant-design/icons';
import { Image } from 'antd';
import { useState } from 'react';
import { download } from '@/api/download';
import { t } from '@/locales/ui';
import { usePrivateUrl } from '../privateUrl';

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
