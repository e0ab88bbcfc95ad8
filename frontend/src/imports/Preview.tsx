import { useQuery } from '@tanstack/react-query';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/imports';
import { lang } from '@/locales/lang';
import { Section } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { ScrollBox } from './ScrollBox';
import type { Run } from './words';

/** How the file was understood: what each heading was taken for, and its first rows. */
export function Preview({ run }: { run: Run }) {
  // The rows are put aside until the run is over; then only the headings are left to show.
  const ready = run.state === 'ready';
  const preview = useQuery({
    queryKey: ['imports', run.id, 'preview', run.state],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/imports/{id}/preview', { params: { path: { id: run.id } }, signal })),
    meta: { kinds: ['import_run'] },
  });
  if (preview.isPending) return <Skeleton lines={4} />;
  if (preview.isError) {
    return <ErrorView error={preview.error} retry={() => preview.refetch()} />;
  }
  const { headings, columns, rows } = preview.data;
  const taken = new Set(headings.map((one) => one.column));
  const absent = columns.filter((one) => !taken.has(one.zh));
  return (
    <>
      <Section title={t('headings')}>
        <ul className="im-headings">
          {headings.map((one, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the place in the file is what they are
            <li key={i} className={one.column ? undefined : 'ignored'}>
              <b>{one.heading || t('heading_empty')}</b>
              <span className="muted">
                {one.column ? `→ ${columnName(columns, one.column)}` : t('heading_ignored')}
              </span>
            </li>
          ))}
        </ul>
        {absent.length > 0 && (
          <p className="muted">
            {t('headings_absent', {
              names: absent.map((one) => columnName(columns, one.zh)).join(t('list_comma')),
            })}
          </p>
        )}
      </Section>
      {rows.length > 0 && (
        <Section title={ready ? t('first_rows', { n: rows.length }) : t('first_rows_now')}>
          <ScrollBox label={t('rows_region')}>
            <table className="im-table">
              <thead>
                <tr>
                  <th scope="col">{t('row')}</th>
                  {headings.map((one, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the place in the file
                    <th key={i} scope="col">
                      {one.heading}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.row_no}>
                    <th scope="row" className="num">
                      {row.row_no}
                    </th>
                    {headings.map((_, i) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the place in the file
                      <td key={i}>{row.cells[i] ?? ''}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
        </Section>
      )}
    </>
  );
}

/** A column in the person's language; the server names it in Chinese. */
export function columnName(columns: readonly Schema<'ImportColumn'>[], zh: string): string {
  const column = columns.find((one) => one.zh === zh);
  return lang() === 'en' ? (column?.en ?? zh) : zh;
}
