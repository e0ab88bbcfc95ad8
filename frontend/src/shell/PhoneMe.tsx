import { signOut, useMe } from '@/access/session';
import { lang, setLang } from '@/locales/lang';
import { t } from '@/locales/phone';
import { t as queue } from '@/locales/queue';
import { queueStore } from '@/offline/queue';
import { formatDate } from '@/ui/format';
import { BigButton, Card, Choices, Screen, useAsk } from '@/ui/phone';
import { useStore } from '@/ui/store';
import { setTheme, type ThemeChoice, themeStore } from '@/ui/theme';

const themes: readonly ThemeChoice[] = ['light', 'dark', 'system'];

/** Who I am here, language and look, and the way out. */
export function PhoneMe() {
  const me = useMe();
  const theme = useStore(themeStore);
  const [ask, sheet] = useAsk();
  const english = lang() === 'en';

  async function leave() {
    const waiting = queueStore.get().items.length;
    const go =
      waiting === 0 ||
      (await ask({
        title: queue('queue.logout_title', { n: waiting }),
        text: queue('queue.logout_text'),
        yes: queue('queue.logout_go'),
        no: queue('queue.logout_stay'),
      }));
    if (go) await signOut();
  }

  return (
    <Screen title={t('tab.me')}>
      <Card title={me.employee?.name ?? me.username}>
        {me.posts.map((held) => (
          <p key={held.assignment_id} style={{ margin: 0 }}>
            {english ? held.title_en : held.title_zh}{' '}
            <span className="muted">
              {me.estates.find((estate) => estate.id === held.estate_id)?.name}
              {held.acting_for && ` · ${t('account.acting_for', { name: held.acting_for.name })}`}
              {held.until && ` · ${t('account.until', { date: formatDate(held.until) })}`}
            </span>
          </p>
        ))}
      </Card>
      <Choices
        label={t('lang.title')}
        value={lang()}
        options={[
          { value: 'zh-CN', label: '中文' },
          { value: 'en', label: 'English' },
        ]}
        onChange={setLang}
      />
      <Choices
        label={t('theme.title')}
        value={theme}
        options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
        onChange={setTheme}
      />
      <a className="m-btn" href="/">
        {t('account.desktop')}
      </a>
      <BigButton kind="danger" onClick={leave} style={{ marginTop: 12 }}>
        {t('account.logout')}
      </BigButton>
      {sheet}
    </Screen>
  );
}
