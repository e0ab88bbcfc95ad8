import { t } from '@/locales/phone';
import { Anchor } from '@/ui/Anchor';
import { Icon } from '@/ui/icons';
import { useUnread } from './data';
import './bell.css';

/** The bell of the frame: how many notices are unread, in figures and in words. */
export function Bell({ href }: { href: string }) {
  const unread = useUnread();
  const label = unread > 0 ? t('notices.unread', { n: unread }) : t('notices.none');
  return (
    <Anchor className="bell" href={href} aria-label={label}>
      <Icon name="bell" size={22} />
      {unread > 0 && (
        <span className="bell-count num" aria-hidden="true">
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </Anchor>
  );
}
