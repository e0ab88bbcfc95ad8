import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { can } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/manual';
import { usePostTitle } from '@/org/lookups';
import { Anchor } from '@/ui/Anchor';
import { either, today } from '@/ui/format';
import { RecordPage, Section } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { Days, Pill } from '@/ui/text';
import { Kept } from './Kept';
import { screensOf } from './screens';
import { boundOf, dueOf, receiverOf, recordOf, textOf, titleOf } from './words';
import './manual.css';

type Page = Schema<'ClausePage'>;

/** A clause on a day: what it asks, whom it binds then, and where the product serves it. */
export function ClausePage({ id, on }: { id: string; on: string | undefined }) {
  const page = useQuery({
    queryKey: ['manual', 'clause', id, on ?? ''],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/manual/clauses/{id}', {
          params: { path: { id }, query: on ? { on } : {} },
          signal,
        }),
      ),
    placeholderData: (before) => before,
    meta: { kinds: ['assignment', 'acting_period', 'obligation'] },
  });
  const title = usePostTitle();
  if (page.isPending) return <Skeleton lines={10} />;
  if (page.isError) return <ErrorView error={page.error} retry={() => page.refetch()} />;
  const clause = page.data;
  const binds =
    clause.staff === null || clause.staff === undefined
      ? boundOf(clause, title)
      : t('everybody.n', { n: clause.staff });
  return (
    <RecordPage
      backTo={`/manual?chapter=${clause.chapter}`}
      eyebrow={
        <Anchor href={`/manual?chapter=${clause.chapter}`}>{titleOf(clause.stands_in)}</Anchor>
      }
      title={clause.id}
      state={
        <Pill tone={clause.origin === 'source' ? 'plain' : 'warn'}>
          {t.code('origin', clause.origin)}
        </Pill>
      }
      lead={<p className="manual-lead">{textOf(clause)}</p>}
      facts={[
        { label: t('field.posts'), value: binds },
        { label: t('field.frequency'), value: t.code('frequency', clause.frequency) },
        { label: t('field.due'), value: dueOf(clause) || '—' },
        { label: t('field.to'), value: receiverOf(clause) || '—' },
        { label: t('field.record'), value: recordOf(clause) || '—' },
        { label: t('field.can'), value: t.code('can', clause.can) },
        { label: t('field.capability'), value: t.code('capability', clause.capability) },
        ...(clause.basis ? [{ label: t('field.basis'), value: clause.basis }] : []),
      ]}
    >
      <Bound clause={clause} title={title} />
      {clause.duties && <Kept duties={clause.duties} id={clause.id} />}
      <Served clause={clause} />
      {clause.texts.length > 1 && <Texts clause={clause} />}
    </RecordPage>
  );
}

/** Who is bound on the day; who may read other days' texts chooses another day here. */
function Bound({ clause, title }: { clause: Page; title: (code: string) => string }) {
  const router = useRouter();
  // The texts of other days come with the page only for those who may read them.
  const choose = clause.texts.length > 0 && (
    <label className="manual-on">
      {t('clause.on')}
      <input
        type="date"
        className="org-input"
        value={clause.on}
        onChange={(event) => {
          const on = event.target.value;
          if (on)
            router.history.push(`/manual/clauses/${clause.id}${on === today() ? '' : `?on=${on}`}`);
        }}
      />
    </label>
  );
  const named = clause.posts.length > 0;
  if (!named && !choose) return null;
  return (
    <Section title={t('clause.bound')} extra={choose}>
      {named && clause.bound.length === 0 && <p className="muted">{t('clause.bound_none')}</p>}
      <ul className="manual-people">
        {clause.bound.map((one) => (
          <li key={`${one.post} ${one.through} ${one.employee_id} ${one.acting_for ?? ''}`}>
            <span className="muted">{title(one.post)}</span>
            {can('org.read') ? (
              <Anchor href={`/org/employees/${one.employee_id}`}>{one.name}</Anchor>
            ) : (
              <span>{one.name}</span>
            )}
            {one.through !== one.post && (
              <span className="muted">{t('clause.through', { post: title(one.through) })}</span>
            )}
            {one.acting && (
              <Pill tone="accent">
                {one.acting_for
                  ? t('clause.acting_for', { name: one.acting_for })
                  : t('clause.vacancy')}
              </Pill>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Where the product serves the clause: screens to go to, and the operations behind them. */
function Served({ clause }: { clause: Page }) {
  const screens = screensOf(clause.operations);
  const none =
    clause.can === 'none'
      ? t('clause.served_attitude')
      : t('clause.served_none', { capability: t.code('capability', clause.capability) });
  return (
    <Section title={t('clause.served')}>
      {clause.operations.length === 0 ? (
        <p className="muted">{none}</p>
      ) : (
        <>
          {screens.length > 0 && (
            <ul className="manual-screens" aria-label={t('clause.screens')}>
              {screens.map((screen) => (
                <li key={screen.to}>
                  {!screen.permissions || screen.permissions.some(can) ? (
                    <Anchor href={screen.to}>{screen.label()}</Anchor>
                  ) : (
                    <span className="muted">{screen.label()}</span>
                  )}
                </li>
              ))}
            </ul>
          )}
          <details className="manual-operations">
            <summary>{t('clause.operations')}</summary>
            <ul>
              {clause.operations.map((operation) => (
                <li key={operation.operation_id}>
                  <code>
                    {operation.method} {operation.path}
                  </code>{' '}
                  <span className="muted">{operation.summary}</span>
                </li>
              ))}
            </ul>
          </details>
        </>
      )}
    </Section>
  );
}

/** What the clause said before, and will say. */
function Texts({ clause }: { clause: Page }) {
  return (
    <Section title={t('clause.texts')}>
      <ol className="manual-texts">
        {clause.texts.map((text) => (
          <li key={text.valid_from}>
            <Days from={text.valid_from} until={text.valid_until} />{' '}
            <Pill tone={text.shipped ? 'plain' : 'accent'}>
              {t(text.shipped ? 'clause.shipped' : 'clause.revised')}
            </Pill>
            <p>{either(text.text_zh, text.text_en)}</p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
