import { useMe } from '@/access/session';
import { lang } from '@/locales/lang';
import { t } from '@/locales/shell';
import { formatTime } from '@/ui/format';

/** Below the header while one acts for somebody: for whom, as what, until when. */
export function ActingBanner() {
  const me = useMe();
  const acting = me.posts.filter((held) => held.acting_for);
  if (acting.length === 0) return null;
  return (
    <div className="app-acting" role="status">
      {acting.map((held) => (
        <div key={`${held.assignment_id} ${held.acting_for?.id}`}>
          {t('account.acting_banner', {
            name: held.acting_for?.name ?? '',
            post: lang() === 'en' ? held.title_en : held.title_zh,
            until: formatTime(held.until),
          })}
        </div>
      ))}
    </div>
  );
}
