import type { Permission } from '@/api/client';
import { me, useSession } from './session';

/** Whether the signed-in person holds a permission in any scope; the server decides each case. */
export function can(permission: Permission): boolean {
  return me()?.permissions.includes(permission) ?? false;
}

export const canAny = (...permissions: Permission[]) => permissions.some((one) => can(one));

/** `can` for components: follows changes of posts during the session. */
export function useCan(): typeof can {
  useSession();
  return can;
}

const FRONT_LINE = new Set(['TECH', 'GUARD', 'GUARDLEAD', 'CLEANER', 'CLEANLEAD']);

/** Whether the phone pages are this person's natural place: only front-line posts are held. */
export function isFrontLine(): boolean {
  const posts = me()?.posts ?? [];
  return posts.length > 0 && posts.every((held) => FRONT_LINE.has(held.post));
}

const MANAGERS = new Set(['BOARD', 'GM', 'CSCMGR', 'DEPMGR', 'ASSTMGR']);
const DESK = new Set(['RECEPT']);
const LEADERS = new Set(['CLEANLEAD', 'GUARDLEAD']);

const holds = (codes: ReadonlySet<string>) =>
  me()?.posts.some((held) => codes.has(held.post)) ?? false;

/** Whether the day begins with the figures of the centre; acting counts. */
export const isManager = () => holds(MANAGERS);

/** Whether the telephone rings here: the intake box comes first. */
export const isAtDesk = () => holds(DESK);

/** Whether one leads those who walk an area, and should know it by heart (POS-CLEANLEAD-03). */
export const isSquadLeader = () => holds(LEADERS);
