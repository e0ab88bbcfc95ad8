import type { Permission } from '@/api/client';
import { t } from '@/locales/phone';
import type { IconName } from '@/ui/icons';

/** Something one starts from the phone's first page. */
export interface PhoneTile {
  to: string;
  icon: IconName;
  label: () => string;
  /** Any one of these; none means everybody. */
  permissions?: readonly Permission[];
}

/** One line per page, most used first. */
export const phoneTiles: PhoneTile[] = [
  {
    to: '/m/report',
    icon: 'camera',
    label: () => t('tile.report'),
    permissions: ['repair.create', 'case.create'],
  },
  {
    to: '/m/help',
    icon: 'heart',
    label: () => t('tile.help'),
    permissions: ['assistance.log'],
  },
  {
    to: '/m/reported',
    icon: 'list',
    label: () => t('tile.reported'),
    permissions: ['repair.read', 'case.read'],
  },
  { to: '/m/shifts', icon: 'clock', label: () => t('tile.shifts'), permissions: ['roster.read'] },
  {
    to: '/m/morning',
    icon: 'list',
    label: () => t('tile.mornings'),
    permissions: ['briefing.read'],
  },
  { to: '/m/tasks', icon: 'check', label: () => t('tile.tasks'), permissions: ['task.do'] },
  { to: '/m/duties', icon: 'list', label: () => t('tile.duties'), permissions: ['duty.read'] },
  { to: '/m/goals', icon: 'check', label: () => t('tile.goals'), permissions: ['goal.read'] },
];
