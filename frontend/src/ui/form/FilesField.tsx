import { CloseOutlined, PaperClipOutlined } from '@ant-design/icons';
import { type ClipboardEvent, type DragEvent, useId, useState } from 'react';
import { sayError } from '@/api/problem';
import { uploadFile } from '@/api/upload';
import { t } from '@/locales/ui';
import { labelled } from '../format';
import { shrink } from '../image';
import { usePrivateUrl } from '../privateUrl';

interface FilesFieldProps {
  /** Ids of the uploaded files, as the request body wants them. */
  value?: string[];
  onChange?: (ids: string[]) => void;
  max?: number;
  accept?: string;
}

/**
 * Photos and papers of a form: chosen, dropped or pasted (a screenshot from a chat), uploaded at
 * once. The form's value is the list of ids.
 */
export function FilesField({ value = [], onChange, max = 9, ...rest }: FilesFieldProps) {
  const id = useId();
  const [names, setNames] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState<string[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const accept = rest.accept ?? 'image/*,.pdf,.docx,.xlsx';

  async function add(files: File[]) {
    const room = files.slice(0, Math.max(0, max - value.length));
    if (room.length === 0) return;
    setProblem(null);
    setBusy(room.map((file) => file.name));
    const done: string[] = [];
    for (const file of room) {
      try {
        const kept = await uploadFile(await shrink(file));
        setNames((now) => ({ ...now, [kept.id]: kept.name }));
        done.push(kept.id);
      } catch (error) {
        setProblem(`${labelled(file.name)}${sayError(error)}`);
      }
    }
    setBusy([]);
    if (done.length > 0) onChange?.([...value, ...done]);
  }
  function take(event: DragEvent | ClipboardEvent, files: FileList | undefined) {
    if (!files || files.length === 0) return;
    event.preventDefault();
    void add([...files]);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping and pasting repeat the button
    <div
      className="files-field"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => take(event, event.dataTransfer.files)}
      onPaste={(event) => take(event, event.clipboardData.files)}
    >
      {value.map((file, i) => (
        <Kept
          key={file}
          id={file}
          name={names[file] ?? `${i + 1}`}
          remove={() => onChange?.(value.filter((one) => one !== file))}
        />
      ))}
      {busy.map((name) => (
        <span key={name} className="skeleton" role="status" aria-label={name} />
      ))}
      {value.length < max && (
        <>
          <label htmlFor={id} className="files-add">
            <PaperClipOutlined />
            {t('form.file_add')}
          </label>
          <input
            id={id}
            className="sr-only"
            type="file"
            multiple
            accept={accept}
            onChange={(event) => {
              const chosen = [...(event.target.files ?? [])];
              event.target.value = '';
              void add(chosen);
            }}
          />
        </>
      )}
      {problem && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

function Kept({ id, name, remove }: { id: string; name: string; remove: () => void }) {
  const paper = /\.(?:pdf|docx|xlsx)$/i.test(name);
  const thumb = usePrivateUrl(paper ? null : `/api/v1/files/${id}/thumbnail`);
  return (
    <span className="files-kept">
      {thumb ? <img src={thumb} alt={name} /> : <span>{name}</span>}
      <button type="button" aria-label={t('form.file_remove', { name })} onClick={remove}>
        <CloseOutlined />
      </button>
    </span>
  );
}
