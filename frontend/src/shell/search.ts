import { api, ok, type Permission } from '@/api/client';
import { findHouses } from '@/estate/find';
import { t } from '@/locales/shell';
import { findClauses } from '@/manual/find';
import { findTasks } from '@/org/tasks/find';
import { findParties } from '@/owners/find';
import { deskProviders } from '@/service_desk/search';

/** Something that the header's search has found. */
export interface Hit {
  key: string;
  title: string;
  detail?: string;
  href: string;
}

/** A context's part of the search: asked for every text of two characters or more. */
export interface SearchProvider {
  key: string;
  /** Heading of its hits, in the person's language. */
  label: () => string;
  permission: Permission;
  find: (text: string, signal: AbortSignal) => Promise<Hit[]>;
}

/** One line per context, most wanted first. */
export const providers: SearchProvider[] = [
  {
    key: 'houses',
    label: () => t('nav.houses'),
    permission: 'estate.read',
    find: findHouses,
  },
  {
    key: 'parties',
    label: () => t('nav.parties'),
    permission: 'party.read',
    find: findParties,
  },
  {
    key: 'people',
    label: () => t('nav.employees'),
    permission: 'org.read',
    find: async (q, signal) => {
      const query = { q, limit: 6 };
      const page = await ok(api.GET('/api/v1/employees', { params: { query }, signal }));
      return page.items.map((one) => ({
        key: one.id,
        title: one.name,
        detail: one.no,
        href: `/org/employees/${one.id}`,
      }));
    },
  },
  {
    key: 'tasks',
    label: () => t('nav.tasks'),
    permission: 'task.read',
    find: findTasks,
  },
  ...deskProviders,
  {
    key: 'clauses',
    label: () => t('nav.manual'),
    permission: 'manual.read',
    find: findClauses,
  },
];
