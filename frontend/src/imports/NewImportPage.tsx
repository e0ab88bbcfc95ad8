import { CloudUploadOutlined, DownloadOutlined } from '@ant-design/icons';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { type DragEvent, useEffect, useId, useRef, useState } from 'react';
import type { Schema } from '@/api/client';
import { download } from '@/api/download';
import { sayError } from '@/api/problem';
import { reloadKind } from '@/api/query';
import { type Sent, uploadWatched } from '@/api/uploadWatched';
import { t as b } from '@/locales/base';
import { t } from '@/locales/imports';
import { lang } from '@/locales/lang';
import { useEstate } from '@/org/lookups';
import { Progress } from '@/ui/Progress';
import { importKinds } from './words';
import './imports.css';

type Kind = Schema<'ImportKind'>;

/** Brings a table in: what it holds, the template, the file. The check follows by itself. */
export function NewImportPage() {
  const router = useRouter();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { kind?: string };
  const kind = importKinds.find((one) => one === search.kind) ?? 'houses';
  const { estate, name: estateName, choice } = useEstate();
  const [sending, setSending] = useState<{ name: string; sent: Sent } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);

  useEffect(() => {
    document.title = `${t('new.title')} · ${b('product')}`;
    return () => running.current?.abort();
  }, []);

  const choose = (next: Kind) => {
    setProblem(null);
    void navigate({ to: '.', search: { kind: next } as never, replace: true });
  };

  async function template(format: 'xlsx' | 'csv') {
    const language = lang() === 'en' ? 'en' : 'zh';
    const query = new URLSearchParams({ kind, format, language });
    try {
      await download(`/api/v1/imports/template?${query}`, `${t.code('kind', kind)}.${format}`);
    } catch (error) {
      setProblem(sayError(error));
    }
  }

  async function send(file: File) {
    const life = new AbortController();
    running.current = life;
    setProblem(null);
    setSending({ name: file.name, sent: { done: 0, total: file.size } });
    const query = new URLSearchParams({ kind, file_name: file.name.slice(0, 200) });
    if (estate) query.set('estate_id', estate);
    try {
      const run = await uploadWatched<Schema<'ImportRun'>>(
        `/api/v1/imports?${query}`,
        file,
        (sent) => setSending({ name: file.name, sent }),
        life.signal,
      );
      reloadKind('import_run');
      router.history.push(`/imports/${run.id}`);
    } catch (error) {
      if (!life.signal.aborted) setProblem(sayError(error));
      setSending(null);
    }
  }

  return (
    <section className="im-new" aria-label={t('new.title')}>
      <header className="list-head">
        <h1>{t('new.title')}</h1>
        <span className="muted">{choice || estateName}</span>
      </header>
      <ol className="im-steps">
        <li>
          <h2>{t('new.kind')}</h2>
          <div className="im-kinds" role="radiogroup" aria-label={t('new.kind')}>
            {importKinds.map((one) => (
              <label key={one} className={one === kind ? 'on' : undefined}>
                <input
                  type="radio"
                  name="import-kind"
                  checked={one === kind}
                  disabled={sending !== null}
                  onChange={() => choose(one)}
                />
                <b>{t.code('kind', one)}</b>
                <span className="muted">{t.code('kind_hint', one)}</span>
              </label>
            ))}
          </div>
        </li>
        <li>
          <h2>{t('new.template')}</h2>
          <p className="muted">{t.code('columns', kind)}</p>
          <div className="im-buttons">
            <Button icon={<DownloadOutlined />} onClick={() => template('xlsx')}>
              {t('new.template_xlsx')}
            </Button>
            <Button icon={<DownloadOutlined />} onClick={() => template('csv')}>
              {t('new.template_csv')}
            </Button>
          </div>
        </li>
        <li>
          <h2>{t('new.file')}</h2>
          {sending ? (
            <div className="im-sending">
              <Progress
                label={
                  sending.sent.done < sending.sent.total
                    ? t('new.sending', { name: sending.name })
                    : t('new.reading', { name: sending.name })
                }
                done={kilobytes(sending.sent.done)}
                total={kilobytes(sending.sent.total)}
              >
                <Button
                  onClick={() => {
                    running.current?.abort();
                    setSending(null);
                  }}
                >
                  {t('new.stop')}
                </Button>
              </Progress>
            </div>
          ) : (
            <Drop onFile={send} />
          )}
          {problem && (
            <Alert
              className="form-note"
              type="error"
              showIcon
              title={t('new.refused')}
              description={problem}
            />
          )}
        </li>
      </ol>
    </section>
  );
}

const kilobytes = (bytes: number) => Math.max(1, Math.ceil(bytes / 1024));

/** A file chosen or dropped. */
function Drop({ onFile }: { onFile: (file: File) => void }) {
  const id = useId();
  const [over, setOver] = useState(false);
  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping repeats the button
    <div
      className={over ? 'im-drop over' : 'im-drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        id={id}
        className="sr-only"
        type="file"
        accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
      <label htmlFor={id} className="btn btn-primary">
        <CloudUploadOutlined /> {t('new.choose')}
      </label>
      <span>{t('new.drop')}</span>
      <span className="muted">{t('new.formats')}</span>
    </div>
  );
}
