import { entries, type MenuEntry } from '@/shell/menu';

/**
 * The screen on which an operation is carried out, by the first part of its path. The server says
 * which operations serve a clause; where a person finds them only this program knows.
 */
export const SCREENS: Readonly<Record<string, string>> = {
  absences: '/absences',
  accounts: '/accounts',
  'account-requests': '/accounts',
  'acting-periods': '/acting',
  areas: '/estate',
  assignments: '/org/assignments',
  assistances: '/assistance',
  audit: '/audit',
  'backup-records': '/backups',
  blocks: '/estate/blocks',
  briefings: '/mornings',
  calendar: '/calendar',
  cases: '/cases',
  'chart-boxes': '/org',
  'computer-figures': '/accounts',
  computers: '/computers',
  consultations: '/consultations',
  'data-checks': '/data-checks',
  'data-corrections': '/data-corrections',
  departments: '/org/posts',
  disputes: '/disputes',
  duties: '/duties',
  'duty-triggers': '/duties/rules',
  employees: '/org/employees',
  'entrusted-duties': '/acting',
  'estate-checks': '/estate',
  estates: '/estates',
  goals: '/goals',
  'goal-sets': '/goals/sets',
  'house-files': '/house-files',
  houses: '/estate/houses',
  imports: '/imports',
  inventory: '/estate',
  manual: '/manual',
  'name-aliases': '/org/posts',
  notices: '/notices/deliveries',
  'obligation-rules': '/duties/rules',
  obligations: '/duties',
  occupancies: '/occupancies',
  'org-chart': '/org',
  'org-figures': '/org/posts',
  'parking-spaces': '/estate/parking-spaces',
  parties: '/parties',
  places: '/estate/places',
  posts: '/org/posts',
  qualifications: '/org/employees',
  'reception-log': '/reception-log',
  'repair-categories': '/repair-categories',
  'repair-requests': '/repairs',
  'reporting-edges': '/org/edges',
  'resident-reports': '/resident-reports',
  roster: '/roster',
  services: '/services',
  settings: '/settings',
  shifts: '/roster',
  squads: '/org/squads',
  'stand-in-pairs': '/acting',
  'structure-changes': '/estate/changes',
  'supervision-notes': '/duties',
  tasks: '/tasks',
  units: '/estate',
  visits: '/visits',
  'work-order-costs': '/work-orders',
  'work-orders': '/work-orders',
  workload: '/workload',
};

/** Parts of the API without a screen of their own: used within others, or by nobody signed in. */
export const WITHIN: ReadonlySet<string> = new Set([
  'attachments',
  'auth',
  'demo-accounts',
  'events',
  'files',
  'me',
  'public',
  'trail',
]);

export const partOf = (path: string) => path.replace(/^\/api\/v1\//, '').split('/')[0] ?? '';

/** The screens of these operations, each once, in the order of the menu. */
export function screensOf(operations: readonly { path: string }[]): MenuEntry[] {
  const wanted = new Set(operations.map((operation) => SCREENS[partOf(operation.path)]));
  return entries.filter((entry) => wanted.has(entry.to));
}
