import { DownloadOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { download } from '@/api/download';
import { sayError } from '@/api/problem';
import { t } from '@/locales/ui';
import { useNarrow } from '../hooks';
import { MenuButton } from '../opening/MenuButton';
import { toastError } from '../toast';

interface ExportButtonProps {
  /** Path of what is shown in the API; its `/export` gives the same rows as CSV or XLSX. */
  path: string;
  /** The name of the file, should the server give none. */
  name: string;
  /** The conditions under which it is shown; empty ones are left out. */
  query?: Record<string, string | undefined>;
  /** What it is, where it is not what the page is about. */
  of?: string;
  size?: 'small';
}

/** Saves what one sees as a workbook or as CSV. */
export function ExportButton({ path, name, query = {}, of, size }: ExportButtonProps) {
  const narrow = useNarrow();
  const [busy, setBusy] = useState(false);
  const label = of ? t('list.export_of', { what: of }) : t('list.export');
  async function save(format: 'csv' | 'xlsx') {
    setBusy(true);
    const params = new URLSearchParams({ format });
    for (const [key, value] of Object.entries(query)) if (value) params.set(key, value);
    try {
      await download(`${path}/export?${params}`, `${name}.${format}`);
    } catch (error) {
      toastError(t('list.export_failed', { detail: sayError(error) }));
    } finally {
      setBusy(false);
    }
  }
  return (
    <MenuButton
      {...(size && { size })}
      icon={<DownloadOutlined />}
      loading={busy}
      aria-label={busy ? t('list.export_busy') : label}
      items={[
        { key: 'xlsx', label: t('list.export_xlsx'), onClick: () => save('xlsx') },
        { key: 'csv', label: t('list.export_csv'), onClick: () => save('csv') },
      ]}
    >
      {(!narrow || of) && label}
    </MenuButton>
  );
}
