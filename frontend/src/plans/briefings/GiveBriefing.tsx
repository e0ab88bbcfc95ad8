import { useEffect, useId, useState } from 'react';
import { api, idempotent, ifMatch, ok } from '@/api/client';
import { etagOf } from '@/api/etag';
import { sayError } from '@/api/problem';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/briefings';
import { usePostTitle } from '@/org/posts';
import { dropDraft, keepDraft, readDraft } from '@/ui/form/draft';
import { Deadline } from '@/ui/text';
import { uuidv7 } from '@/ui/uuid';
import type { Detail } from './data';
import { FigureCards } from './FigureCards';
import { PointEditor } from './PointEditor';
import { bodyOf, choices, differs, type Written, writtenOf } from './points';
import { BriefingPill } from './words';
import './briefings.css';

// Without antd: the same form stands on the desk and on the phone.

/** A briefing to give: the figures, a few words, points, and one big button. */
export function GiveBriefing({ it }: { it: Detail }) {
  const title = usePostTitle();
  const remarks = useId();
  const place = `plans.briefing.${it.id}`;
  const [written, setWritten] = useState<Written>(() => readDraft<Written>(place) ?? writtenOf(it));
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ text: string; bad?: boolean } | null>(null);
  useEffect(() => keepDraft(place, written), [place, written]);

  async function go(report: boolean) {
    setBusy(true);
    setSaid(null);
    const params = { path: { id: it.id } };
    try {
      if (differs(written, it)) {
        await ok(
          api.PATCH('/api/v1/briefings/{id}', {
            params,
            body: bodyOf(written),
            headers: ifMatch(etagOf(it.version)),
          }),
        );
      }
      if (report) {
        const headers = idempotent(uuidv7());
        await api.POST('/api/v1/briefings/{id}/report', { params, body: {}, headers });
      }
      dropDraft(place);
      setSaid({ text: t(report ? 'reported' : 'saved') });
    } catch (error) {
      setSaid({ text: sayError(error), bad: true });
    } finally {
      setBusy(false);
      reloadKind('briefing');
    }
  }
  return (
    <article className="briefing" aria-label={t('to_whom', { post: title(it.to_post) })}>
      <header className="briefing-row">
        <h2>{t('to_whom', { post: title(it.to_post) })}</h2>
        <BriefingPill of={it} />
        {it.due_at && <Deadline due={it.due_at} />}
      </header>
      <FigureCards items={it.items} />
      <p className="muted">{t('figures_hint')}</p>
      <label htmlFor={remarks}>{t('remarks')}</label>
      <textarea
        id={remarks}
        className="input"
        rows={4}
        maxLength={4000}
        placeholder={t('remarks_hint')}
        value={written.remarks}
        onChange={(event) => setWritten({ ...written, remarks: event.target.value })}
      />
      <h3>{t('points')}</h3>
      <PointEditor
        points={written.points}
        records={choices(it.items)}
        onChange={(points) => setWritten({ ...written, points })}
      />
      {said && (
        <p className={`notice ${said.bad ? 'notice-late' : 'notice-ok'}`} role="status">
          {said.text}
        </p>
      )}
      <div className="briefing-acts">
        <button type="button" className="btn" disabled={busy} onClick={() => go(false)}>
          {t('save')}
        </button>
        <button
          type="button"
          className="btn btn-primary briefing-big"
          disabled={busy}
          onClick={() => go(true)}
        >
          {t('report')}
        </button>
      </div>
      <p className="muted">{t('report_hint')}</p>
    </article>
  );
}
