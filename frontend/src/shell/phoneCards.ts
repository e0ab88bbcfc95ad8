import { type ComponentType, lazy } from 'react';
import { isManager, isSquadLeader } from '@/access/can';
import type { Permission } from '@/api/client';

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
  Cards: ComponentType;
}

/** One line per context, most urgent first. */
export const phoneCards: PhoneCards[] = [
  {
    key: 'goals',
    permission: 'goal.read',
    when: isManager,
    Cards: lazy(() => import('@/goals/phone/GoalCards')),
  },
  {
    key: 'orders',
    permission: 'order.work',
    Cards: lazy(() => import('@/service_desk/phone/OrderCards')),
  },
  {
    key: 'tasks',
    permission: 'task.do',
    Cards: lazy(() => import('@/org/tasks/phone/TaskCards')),
  },
  {
    key: 'duties',
    permission: 'duty.read',
    Cards: lazy(() => import('@/plans/duties/phone/DutyCards')),
  },
  {
    key: 'work',
    permission: 'self.read',
    Cards: lazy(() => import('@/workbench/phone/WorkCards')),
  },
  { key: 'shifts', permission: 'roster.read', Cards: lazy(() => import('@/org/ShiftCards')) },
  {
    key: 'sheet',
    permission: 'estate.read',
    when: isSquadLeader,
    Cards: lazy(() => import('@/estate/phone/SheetCard')),
  },
];
