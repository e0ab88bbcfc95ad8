import { api, type Kind, ok, type Permission, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/service_desk';
import { t as ui } from '@/locales/ui';
import type { RecordAction } from '@/ui/record';
import { newDispute } from '../disputes/newDispute';
import type { useStep } from '../useStep';
import { categories, options, urgencies } from '../words';

const LINKABLE = ['repair_request', 'work_order', 'dispute'] as const;
type Linkable = (typeof LINKABLE)[number];

interface Begin {
  it: Schema<'CaseDetail'>;
  open: ReturnType<typeof useStep>[0];
  go: (path: string) => void;
  can: (permission: Permission) => boolean;
}

/** What can come out of a case: a repair, a mediation, or a record that is there already. */
export function recordActions({ it, open, go, can }: Begin): RecordAction[] {
  const found: RecordAction[] = [];
  if (!can('case.manage') || it.closed_at) return found;
  if (can('repair.create')) {
    found.push({ key: 'repair', label: t('cases.to_repair'), onClick: () => open(repair(it, go)) });
  }
  if (can('dispute.open')) {
    const made = (id: string) => go(`/disputes/${id}`);
    found.push({
      key: 'dispute',
      label: t('cases.to_dispute'),
      onClick: () => open(newDispute({ estates: [], origin: it, made })),
    });
  }
  found.push({ key: 'link', label: t('cases.link'), onClick: () => open(link(it)) });
  return found;
}

function repair(
  it: Schema<'CaseDetail'>,
  go: (path: string) => void,
): Parameters<Begin['open']>[0] {
  return {
    name: `service_desk.case.${it.id}.repair`,
    title: t('cases.to_repair'),
    initial: { text: it.text, house_id: it.house_id ?? null, urgency: 'normal' },
    fields: [
      { name: 'text', label: t('text'), kind: 'lines', required: true },
      {
        name: 'house_id',
        label: t('house'),
        kind: 'house',
        estate: it.estate_id,
        known: it.house_no ?? null,
      },
      { name: 'place_text', label: t('place'), kind: 'line', hint: t('intake.place') },
      {
        name: 'category',
        label: t('category'),
        kind: 'choice',
        blank: t('category.auto'),
        options: options('category', categories),
      },
      {
        name: 'urgency',
        label: t('urgency'),
        kind: 'choice',
        options: options('urgency', urgencies),
        required: true,
      },
    ],
    run: async (body, headers) => {
      const made = await ok(
        api.POST('/api/v1/repair-requests', {
          body: { ...body, estate_id: it.estate_id },
          headers,
        }),
      );
      await linkTo(it.id, 'repair_request', made.id);
      reloadKind('repair_request');
      go(`/repairs/${made.id}`);
    },
  };
}

function link(it: Schema<'CaseDetail'>): Parameters<Begin['open']>[0] {
  return {
    name: `service_desk.case.${it.id}.link`,
    title: t('cases.link'),
    initial: { kind: 'work_order' },
    fields: [
      {
        name: 'kind',
        label: t('kind'),
        kind: 'choice',
        options: LINKABLE.map((value) => ({ value, label: t.code('linkable', value) })),
        required: true,
      },
      { name: 'no', label: t('no'), kind: 'line', required: true, hint: t('cases.link_hint') },
    ],
    run: async ({ kind, no }: { kind: Linkable; no: string }) => {
      await linkTo(it.id, kind, await idOf(kind, no));
    },
  };
}

async function linkTo(id: string, kind: Kind, record: string): Promise<void> {
  await api.POST('/api/v1/cases/{id}/links', {
    params: { path: { id } },
    body: { kind, id: record },
  });
  reloadKind('case');
}

/** A record by the number that stands on it. */
async function idOf(kind: Linkable, no: string): Promise<string> {
  const params = { params: { query: { q: no, limit: 5 } } };
  const page =
    kind === 'work_order'
      ? await ok(api.GET('/api/v1/work-orders', params))
      : kind === 'dispute'
        ? await ok(api.GET('/api/v1/disputes', params))
        : await ok(api.GET('/api/v1/repair-requests', params));
  const found = page.items.find((one) => one.no.toLowerCase() === no.toLowerCase());
  if (!found) throw new Error(ui('find.nothing'));
  return found.id;
}
