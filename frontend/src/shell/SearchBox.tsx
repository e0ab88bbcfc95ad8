import { SearchOutlined } from '@ant-design/icons';
import { useRouter } from '@tanstack/react-router';
import { Input, Modal } from 'antd';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { can } from '@/access/can';
import { t } from '@/locales/shell';
import { myEntries } from './menu';
import { type Hit, providers } from './search';

interface Section {
  key: string;
  label: string;
  hits: Hit[];
}

/** The header's search: houses, people, records and screens by one text; all by keyboard. */
export default function SearchBox({ close }: { close: () => void }) {
  const router = useRouter();
  const [text, setText] = useState('');
  const [found, setFound] = useState<Section[]>([]);
  const [failed, setFailed] = useState(false);
  const [at, setAt] = useState(0);
  const wanted = text.trim();

  useEffect(() => {
    setAt(0);
    setFailed(false);
    if (wanted.length < 2) {
      setFound([]);
      return;
    }
    const life = new AbortController();
    const timer = setTimeout(async () => {
      const asked = providers.filter((provider) => can(provider.permission));
      const answers = await Promise.allSettled(
        asked.map((provider) => provider.find(wanted, life.signal)),
      );
      if (life.signal.aborted) return;
      setFailed(answers.some((answer) => answer.status === 'rejected'));
      setFound(
        asked.map((provider, i) => {
          const answer = answers[i];
          return {
            key: provider.key,
            label: provider.label(),
            hits: answer?.status === 'fulfilled' ? answer.value : [],
          };
        }),
      );
    }, 150);
    return () => {
      clearTimeout(timer);
      life.abort();
    };
  }, [wanted]);

  const lower = wanted.toLowerCase();
  const screens = myEntries()
    .filter((entry) =>
      `${entry.label()} ${entry.words ?? ''} ${entry.to}`.toLowerCase().includes(lower),
    )
    .slice(0, 8)
    .map((entry): Hit => ({ key: entry.to, title: entry.label(), href: entry.to }));
  const sections = [...found, { key: 'screens', label: t('search.screens'), hits: screens }].filter(
    (section) => section.hits.length > 0,
  );
  const hits = sections.flatMap((section) => section.hits.map((hit) => ({ ...hit, section })));

  function open(hit: Hit | undefined) {
    if (!hit) return;
    close();
    router.history.push(hit.href);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, hits.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter') open(hits[at]);
    else return;
    event.preventDefault();
  }
  const id = (index: number) => `search-hit-${index}`;

  return (
    <Modal
      open
      title={<span className="sr-only">{t('search.title')}</span>}
      footer={null}
      closable={false}
      onCancel={close}
      width={600}
      style={{ top: 72 }}
      className="search"
    >
      <Input
        autoFocus
        size="large"
        prefix={<SearchOutlined />}
        placeholder={t('search.placeholder')}
        value={text}
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls="search-hits"
        aria-activedescendant={hits.length > 0 ? id(at) : undefined}
        aria-label={t('search.placeholder')}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div id="search-hits" role="listbox" aria-label={t('search.title')} className="search-hits">
        {sections.map((section) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
          <div key={section.key} role="group" aria-label={section.label}>
            <div className="search-label">{section.label}</div>
            {hits.map((hit, index) =>
              hit.section !== section ? null : (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the box above has the keys
                <div
                  key={hit.key}
                  id={id(index)}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === at}
                  className="search-hit"
                  onMouseMove={() => setAt(index)}
                  onClick={() => open(hit)}
                >
                  <span>{hit.title}</span>
                  <span className="muted">{hit.detail}</span>
                </div>
              ),
            )}
          </div>
        ))}
      </div>
      <p className="search-note" role="status">
        {failed
          ? t('search.failed')
          : hits.length === 0
            ? t('search.none', { q: wanted })
            : t('search.hint')}
      </p>
    </Modal>
  );
}
