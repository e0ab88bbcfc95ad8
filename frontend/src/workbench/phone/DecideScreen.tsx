import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { t } from '@/locales/decide';
import { t as work } from '@/locales/work';
import { sendOrKeep } from '@/offline/send';
import { Anchor } from '@/ui/Anchor';
import { BigButton, Card, Empty, ErrorView, Field, Screen, Sheet, Skeleton } from '@/ui/phone';
import { WORK_KINDS, type WorkItem } from '../data';
import { placeOf } from '../kinds';
import type { Decidable } from './decidable';
import { type Decision, loadDecision } from './decisions';

/** A decision on the phone: everything to read on one page, yes in one tap, no with its reason. */
export function DecideScreen({ kind, id }: { kind: Decidable; id: string }) {
  const found = useQuery({
    queryKey: ['workbench', 'decide', kind, id],
    queryFn: ({ signal }) => loadDecision(kind, id, signal),
    // Read again before each decision: an old page must not be what somebody decides by.
    staleTime: 0,
    meta: { kinds: WORK_KINDS },
  });
  if (!found.data) {
    return (
      <Screen title={work.code('kind', kind)} back="/m">
        {found.isError ? (
          <ErrorView error={found.error} retry={() => found.refetch()} />
        ) : (
          <Skeleton lines={5} />
        )}
      </Screen>
    );
  }
  return <Loaded kind={kind} id={id} it={found.data} />;
}

function Loaded({ kind, id, it }: { kind: Decidable; id: string; it: Decision }) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [refusing, setRefusing] = useState(false);

  async function decide(path: string, label: string, body: Record<string, unknown>) {
    setBusy(true);
    const kept = await sendOrKeep({ label: `${label} · ${it.title}`, path, body, kinds: it.kinds });
    setBusy(false);
    if (!kept) return;
    if (router.history.canGoBack()) router.history.back();
    else router.history.push('/m');
  }
  const texts = it.texts.filter((text) => text.value);
  return (
    <Screen
      title={work.code('kind', kind)}
      back="/m"
      dock={
        !it.over && (
          <BigButton
            kind="primary"
            disabled={busy}
            onClick={() => decide(it.yes.path, it.yes.label, {})}
          >
            {it.yes.label}
          </BigButton>
        )
      }
    >
      {it.over && <Empty title={t('over')} hint={t('over_hint')} />}
      <Card title={it.title}>
        <dl className="m-facts">
          {it.facts.map((fact) => (
            <div key={fact.label}>
              <dt>{fact.label}</dt>
              <dd className="num">{fact.value}</dd>
            </div>
          ))}
        </dl>
        {texts.map((text) => (
          <section key={text.label}>
            <h3>{text.label}</h3>
            <p>{text.value}</p>
          </section>
        ))}
      </Card>
      {!it.over && it.no && (
        <BigButton kind="danger" disabled={busy} onClick={() => setRefusing(true)}>
          {it.no.label}
        </BigButton>
      )}
      <p>
        <Anchor href={placeOf({ kind, id } as WorkItem)}>{t('whole')}</Anchor>
      </p>
      {refusing && it.no && (
        <Refuse
          label={it.no.label}
          close={() => setRefusing(false)}
          send={(reason) => it.no && decide(it.no.path, it.no.label, { [it.no.reason]: reason })}
        />
      )}
    </Screen>
  );
}

function Refuse(props: { label: string; close: () => void; send: (reason: string) => void }) {
  const [reason, setReason] = useState('');
  return (
    <Sheet title={props.label} onClose={props.close}>
      <Field label={t('why')}>
        {(ids) => (
          <textarea
            {...ids}
            className="input"
            rows={3}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <BigButton kind="danger" disabled={!reason.trim()} onClick={() => props.send(reason.trim())}>
        {props.label}
      </BigButton>
      <BigButton onClick={props.close}>{t('cancel')}</BigButton>
    </Sheet>
  );
}
