import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useCan } from '@/access/can';
import { useMe } from '@/access/session';
import { api, ok } from '@/api/client';
import { t as shell } from '@/locales/base';
import { t } from '@/locales/system';
import { listed } from '@/ui/format';
import { Section } from '@/ui/record';
import { ErrorView, Skeleton, StateView } from '@/ui/StateView';
import { Pill } from '@/ui/text';
import { groupOf, groups, type Setting, sayRange, sayValue, titleOf, unitOf } from './settings';
import './system.css';

const ChangeSetting = lazy(() => import('./ChangeSetting'));

/** What the manual leaves open: value in force, default, limits and clauses; changed with a reason. */
export function SettingsPage() {
  const me = useMe();
  const can = useCan();
  const companyWide = me.is_administrator || me.posts.some((held) => !held.estate_id);
  const [estate, setEstate] = useState(companyWide ? '' : (me.estates[0]?.id ?? ''));
  const [text, setText] = useState('');
  const [changing, setChanging] = useState<Setting | null>(null);
  const settings = useQuery({
    queryKey: ['settings', estate],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/settings', {
          params: { query: estate ? { estate_id: estate } : {} },
          signal,
        }),
      ),
    meta: { kinds: ['setting'] },
  });
  useEffect(() => {
    document.title = `${t('settings.title')} · ${shell('product')}`;
  }, []);

  const wanted = text.trim().toLowerCase();
  const found = (settings.data ?? []).filter((setting) =>
    `${setting.title_zh} ${setting.title_en}`.toLowerCase().includes(wanted),
  );
  const places = [
    ...(companyWide ? [{ value: '', label: t('settings.company') }] : []),
    ...me.estates.map((one) => ({ value: one.id, label: one.name })),
  ];
  return (
    <section className="system">
      <header className="system-head">
        <div>
          <h1>{t('settings.title')}</h1>
          <p className="muted">{t('settings.lead')}</p>
        </div>
        {places.length > 1 && (
          // biome-ignore lint/a11y/noLabelWithoutControl: the control is antd's select
          <label className="system-where">
            {t('settings.for')}
            <Select
              value={estate}
              onChange={setEstate}
              options={places}
              popupMatchSelectWidth={false}
            />
          </label>
        )}
        <Input
          className="system-search"
          allowClear
          placeholder={t('settings.search')}
          aria-label={t('settings.search')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </header>
      {settings.isPending ? (
        <Skeleton lines={8} />
      ) : settings.isError ? (
        <ErrorView error={settings.error} retry={() => settings.refetch()} />
      ) : found.length === 0 ? (
        <StateView icon="search" title={t('settings.none')} />
      ) : (
        groups.map((group) => {
          const inGroup = found.filter((setting) => groupOf(setting) === group);
          return inGroup.length === 0 ? null : (
            <Section key={group} title={t(`settings.group.${group}`)}>
              <ul className="settings">
                {inGroup.map((setting) => (
                  <Line
                    key={setting.key}
                    setting={setting}
                    change={can('setting.edit') ? () => setChanging(setting) : undefined}
                  />
                ))}
              </ul>
            </Section>
          );
        })
      )}
      <Suspense>
        {changing && (
          <ChangeSetting
            setting={changing}
            estate={estate || null}
            close={() => setChanging(null)}
          />
        )}
      </Suspense>
    </section>
  );
}

function Line({ setting, change }: { setting: Setting; change: (() => void) | undefined }) {
  const title = titleOf(setting);
  const changed = setting.value !== setting.default;
  return (
    <li>
      <div className="settings-what">
        {title}
        <div className="muted">
          {unitOf(setting) !== 'switch' && `${sayRange(setting)} · `}
          {t('settings.clauses')} {listed(setting.clauses)}
        </div>
      </div>
      <div className="settings-value">
        <b className="num">{sayValue(setting, setting.value)}</b>
        {changed ? (
          <Pill tone="accent">
            {t('settings.changed')}，{t('settings.default')} {sayValue(setting, setting.default)}
          </Pill>
        ) : (
          <span className="muted">{t('settings.is_default')}</span>
        )}
      </div>
      {change && (
        <Button onClick={change} aria-label={`${t('settings.change')}: ${title}`}>
          {t('settings.change')}
        </Button>
      )}
    </li>
  );
}
