import type { Kind } from '@/api/client';

/** Where the records of each kind stand; others have no page of their own. */
const PAGES: Partial<Record<Kind, (id: string) => string>> = {
  work_order: (id) => `/work-orders/${id}`,
  repair_request: (id) => `/repairs/${id}`,
  resident_report: (id) => `/resident-reports#${id}`,
  case: (id) => `/cases/${id}`,
  dispute: (id) => `/disputes/${id}`,
  visit: (id) => `/visits/${id}`,
  task: (id) => `/tasks/${id}`,
  briefing: (id) => `/mornings/${id}`,
  obligation: (id) => `/duties/${id}`,
  goal_set: (id) => `/goals/sets/${id}`,
  backup: () => '/backups',
  acting_period: (id) => `/acting#${id}`,
  structure_change: (id) => `/estate/changes/${id}`,
  consultation: (id) => `/consultations/${id}`,
  assignment: (id) => `/org/assignments#${id}`,
  reporting_edge: (id) => `/org/edges#${id}`,
  account_request: (id) => `/accounts#${id}`,
  data_correction: () => '/data-corrections',
  calendar_year: () => '/calendar',
};

/** The page of a record that another one names: a task's origin, what proves a duty. */
export const pageOf = (kind: Kind, id: string): string | undefined => PAGES[kind]?.(id);
