import { t } from '@/locales/service_desk';
import { Pill } from '@/ui/text';

/** Up which posts overdue work climbs, in the order in which they hear of it. */
const LINES = {
  case: ['PUBSUP', 'DEPMGR', 'CSCMGR'],
  repair: ['PUBSUP', 'DEPMGR'],
  dispute: ['PUBSUP', 'ASSTMGR', 'CSCMGR'],
} as const;

/** Says to whom overdue work has climbed; nothing while it has not. */
export function Climbed({ level, line }: { level: number; line: keyof typeof LINES }) {
  const post = LINES[line][level - 1];
  return post ? <Pill tone="late">{t('climbed', { post: t.code('post', post) })}</Pill> : null;
}
