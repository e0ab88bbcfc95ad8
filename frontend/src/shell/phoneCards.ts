import { can, isManager, isSquadLeader } from '@/access/can';
import type { Permission } from '@/api/client';
import { type Piece, piece } from '@/ui/apart';

/** What a context puts on the phone's first page; shown when the person holds the permission. */
export interface PhoneCards {
  key: string;
  permission: Permission;
  /** A further condition, e.g. for whom it comes first. */
  when?: () => boolean;
  /**
   * Shows its own heading and cards; renders nothing when it has nothing to show. Loaded apart, so
   * that nobody waits for the cards of other posts.
   */
  cards: Piece;
}

/** One line per context, most urgent first. */
export const phoneCards: PhoneCards[] = [
  {
    key: 'goals',
    permission: 'goal.read',
    when: isManager,
    cards: piece(() => import('@/goals/phone/GoalCards')),
  },
  {
    key: 'orders',
    permission: 'order.work',
    cards: piece(() => import('@/service_desk/phone/OrderCards')),
  },
  {
    key: 'tasks',
    permission: 'task.do',
    cards: piece(() => import('@/org/tasks/phone/TaskCards')),
  },
  {
    key: 'duties',
    permission: 'duty.read',
    cards: piece(() => import('@/plans/duties/phone/DutyCards')),
  },
  {
    key: 'work',
    permission: 'self.read',
    cards: piece(() => import('@/workbench/phone/WorkCards')),
  },
  { key: 'shifts', permission: 'roster.read', cards: piece(() => import('@/org/ShiftCards')) },
  {
    key: 'sheet',
    permission: 'estate.read',
    when: isSquadLeader,
    cards: piece(() => import('@/estate/phone/SheetCard')),
  },
];

/** The cards of whoever holds these permissions. */
export const cardsFor = (held: (permission: Permission) => boolean) =>
  phoneCards.filter((one) => held(one.permission) && (one.when?.() ?? true));

/** Fetches the cards of whoever is signed in, so that the first page comes with them. */
export const cardsAhead = () => Promise.all(cardsFor(can).map(({ cards }) => cards.ahead()));
