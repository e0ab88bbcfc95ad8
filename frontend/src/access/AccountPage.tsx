import { useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { t } from '@/locales/access';
import { t as shell } from '@/locales/base';
import { lang } from '@/locales/lang';
import { formatTime, listed } from '@/ui/format';
import { Facts, Section } from '@/ui/record';
import RecoveryPaper from './RecoveryPaper';
import { SessionsSection } from './SessionsSection';
import { type Me, useMe } from './session';
import { TokensSection } from './TokensSection';
import { type FreshCodes, TotpSection } from './TotpSection';
import './account.css';

/** One's own account: posts held, password, one-time codes, tokens, sessions. */
export function AccountPage() {
  const me = useMe();
  const [fresh, setFresh] = useState<FreshCodes | null>(null);
  const [paper, setPaper] = useState(false);
  useEffect(() => {
    if (!paper) document.title = `${t('account.title')} · ${shell('product')}`;
  }, [paper]);
  if (paper && fresh) {
    return <RecoveryPaper codes={fresh.codes} onBack={() => setPaper(false)} />;
  }
  return (
    <section className="account">
      <h1>{t('account.title')}</h1>
      <Who me={me} />
      <PasswordSection />
      <TotpSection me={me} fresh={fresh} setFresh={setFresh} print={() => setPaper(true)} />
      <TokensSection />
      <SessionsSection />
    </section>
  );
}

function Who({ me }: { me: Me }) {
  const english = lang() === 'en';
  const posts = me.posts.map((held) => (
    <div key={held.assignment_id + (held.acting_for?.id ?? '')}>
      {english ? held.title_en : held.title_zh}
      <span className="muted">
        {' '}
        {me.estates.find((estate) => estate.id === held.estate_id)?.name}
        {held.acting_for &&
          ` · ${t('account.acting', { name: held.acting_for.name, until: formatTime(held.until) })}`}
      </span>
    </div>
  ));
  return (
    <Section title={t('account.who')}>
      <Facts
        facts={[
          { label: t('account.name'), value: me.employee?.name ?? me.display_name },
          { label: t('account.username'), value: me.username },
          {
            label: t('account.posts'),
            value:
              posts.length > 0
                ? posts
                : me.is_administrator
                  ? t('account.administrator')
                  : t('account.no_posts'),
          },
          {
            label: t('account.estates'),
            value: listed(me.estates.map((estate) => estate.name)) || '—',
          },
        ]}
      />
    </Section>
  );
}

function PasswordSection() {
  const router = useRouter();
  return (
    <Section
      title={t('password.title')}
      extra={
        <Button onClick={() => router.history.push('/password')}>{t('password.change')}</Button>
      }
    >
      <p className="muted">{t('password.lead')}</p>
    </Section>
  );
}
