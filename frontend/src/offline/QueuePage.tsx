import { t } from '@/locales/queue';
import { formatTime } from '@/ui/format';
import { BigButton, Empty, Screen, useAsk } from '@/ui/phone';
import { useStore } from '@/ui/store';
import { Pill } from '@/ui/text';
import { discard, flush, type QueuedAction, queueStore, waitingCount } from './queue';

/** What this person has done on this device and the server has not answered yet. */
export function QueuePage() {
  const queue = useStore(queueStore);
  const [ask, sheet] = useAsk();

  async function giveUp(entry: QueuedAction) {
    const yes = await ask({
      title: t('queue.discard_ask', { label: entry.label }),
      yes: t('queue.discard'),
    });
    if (yes) await discard(entry.key);
  }

  return (
    <Screen
      title={t('queue.title')}
      dock={
        waitingCount(queue) > 0 && (
          <BigButton kind="primary" disabled={queue.sending !== null} onClick={() => flush()}>
            {queue.sending ? t('queue.sending') : t('queue.send_now')}
          </BigButton>
        )
      }
    >
      {queue.items.length === 0 ? (
        <Empty title={t('queue.empty')} hint={t('queue.empty_hint')} />
      ) : (
        <p className="muted">{t('queue.lead')}</p>
      )}
      {queue.items.map((entry) => (
        <div key={entry.key} className={entry.refused ? 'm-card m-late' : 'm-card'}>
          <h2>{entry.label}</h2>
          <p className="m-meta">
            <span>{t('queue.made_at', { time: formatTime(entry.made_at) })}</span>
            {entry.files.length > 0 && <span>{t('queue.photos', { n: entry.files.length })}</span>}
            <State entry={entry} sending={queue.sending === entry.key} />
          </p>
          {entry.refused !== undefined && (
            <>
              <p className="field-error">{entry.refused}</p>
              <BigButton kind="danger" onClick={() => giveUp(entry)}>
                {t('queue.discard')}
              </BigButton>
            </>
          )}
        </div>
      ))}
      {sheet}
    </Screen>
  );
}

function State({ entry, sending }: { entry: QueuedAction; sending: boolean }) {
  if (entry.refused !== undefined) return <Pill tone="late">{t('queue.refused')}</Pill>;
  if (sending) return <Pill tone="accent">{t('queue.sending')}</Pill>;
  return <Pill tone="warn">{t('queue.waiting')}</Pill>;
}
