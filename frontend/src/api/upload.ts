import { uuidv7 } from '@/ui/uuid';
import { send } from './send';

/** What the server keeps of an upload; `id` goes into the record that the file belongs to. */
export interface KeptFile {
  id: string;
  name: string;
}

/** Uploads one file. What is attached to nothing within a day, the server removes. */
export async function uploadFile(
  file: Blob & { name?: string },
  key: string = uuidv7(),
): Promise<KeptFile> {
  const form = new FormData();
  form.append('file', file, file.name ?? 'file');
  const request = new Request(new URL('/api/v1/files', location.origin), {
    method: 'POST',
    headers: { 'Idempotency-Key': key },
    body: form,
  });
  return (await (await send(request)).json()) as KeptFile;
}
