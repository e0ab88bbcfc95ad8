import { api, ok } from '@/api/client';
import { t as nav } from '@/locales/shell';
import type { SearchProvider } from '@/shell/search';
import { whereIs } from './pills';

const LIMIT = 5;

/** Repairs, orders, cases and disputes by number, house or words. */
export const deskProviders: SearchProvider[] = [
  {
    key: 'repairs',
    label: () => nav('nav.repairs'),
    permission: 'repair.read',
    find: async (q, signal) => {
      const params = { query: { q, limit: LIMIT } };
      const page = await ok(api.GET('/api/v1/repair-requests', { params, signal }));
      return page.items.map((one) => ({
        key: one.id,
        title: `${one.no} ${whereIs(one)}`,
        detail: one.text,
        href: `/repairs/${one.id}`,
      }));
    },
  },
  {
    key: 'orders',
    label: () => nav('nav.orders'),
    permission: 'repair.read',
    find: async (q, signal) => {
      const params = { query: { q, limit: LIMIT } };
      const page = await ok(api.GET('/api/v1/work-orders', { params, signal }));
      return page.items.map((one) => ({
        key: one.id,
        title: `${one.no} ${whereIs(one)}`,
        detail: one.text,
        href: `/work-orders/${one.id}`,
      }));
    },
  },
  {
    key: 'cases',
    label: () => nav('nav.cases'),
    permission: 'case.read',
    find: async (q, signal) => {
      const params = { query: { q, limit: LIMIT } };
      const page = await ok(api.GET('/api/v1/cases', { params, signal }));
      return page.items.map((one) => ({
        key: one.id,
        title: [one.no, one.house_no].filter(Boolean).join(' '),
        detail: one.text,
        href: `/cases/${one.id}`,
      }));
    },
  },
  {
    key: 'disputes',
    label: () => nav('nav.disputes'),
    permission: 'dispute.read',
    find: async (q, signal) => {
      const params = { query: { q, limit: LIMIT } };
      const page = await ok(api.GET('/api/v1/disputes', { params, signal }));
      return page.items.map((one) => ({
        key: one.id,
        title: one.no,
        detail: one.subject,
        href: `/disputes/${one.id}`,
      }));
    },
  },
];
