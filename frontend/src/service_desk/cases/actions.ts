import { api, ifMatch, ok, type Permission, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/service_desk';
import { t as ui } from '@/locales/ui';
import type { useConfirm } from '@/ui/form';
import type { RecordAction } from '@/ui/record';
import type { useStep } from '../useStep';
import { options } from '../words';
import { caseFields, caseKinds, channels, validities } from './codes';

type Action = Schema<'CaseAction'>;

const NEEDS: Record<Action, Permission> = {
  acknowledge: 'case.manage',
  change: 'case.manage',
  reclassify: 'case.manage',
  assign: 'case.manage',
  propose_validity: 'case.handle',
  confirm_validity: 'case.decide',
  return_validity: 'case.decide',
  add_measure: 'case.handle',
  reply: 'case.handle',
  check_closing: 'case.decide',
  return_closing: 'case.decide',
  close: 'case.manage',
  reopen: 'case.manage',
  link_duplicate: 'case.manage',
  unlink_duplicate: 'case.manage',
};
/** What moves a case on, in the order in which it is looked for. */
const NEXT: Action[] = [
  'acknowledge',
  'assign',
  'confirm_validity',
  'propose_validity',
  'check_closing',
  'reply',
  'close',
];

/** The actions that state and permissions allow, the one that moves the case on first. */
export function caseActions(
  it: Schema<'CaseDetail'>,
  ask: ReturnType<typeof useConfirm>[0],
  open: ReturnType<typeof useStep>[0],
  can: (permission: Permission) => boolean,
): { next?: RecordAction; others: RecordAction[] } {
  const path = { params: { path: { id: it.id } } };
  const name = (action: Action) => `service_desk.case.${it.id}.${action}`;
  const title = (action: Action) => t.code('case_action', action);
  const done = () => reloadKind('case');
  const confirm =
    (
      action: Action,
      reason: 'required' | 'optional' | 'none',
      run: (reason: string, headers: Record<string, string>) => Promise<unknown>,
    ) =>
    () =>
      ask({
        title: title(action),
        confirm: title(action),
        reason,
        run: async (said, headers) => {
          await run(said, headers);
          done();
        },
      });
  const text =
    (
      action: Action,
      run: (body: Schema<'CaseText'>, headers: Record<string, string>) => Promise<unknown>,
    ) =>
    () =>
      open({
        name: name(action),
        title: title(action),
        fields: [
          { name: 'text', label: t('text'), kind: 'lines', required: true },
          { name: 'occurred_at', label: t('happened_at'), kind: 'time', hint: t('time_hint') },
        ],
        run: async (body, headers) => {
          await run(body, headers);
          done();
        },
      });

  const run: Partial<Record<Action, () => void>> = {
    acknowledge: confirm('acknowledge', 'none', (_, headers) =>
      api.POST('/api/v1/cases/{id}/acknowledge', { ...path, body: {}, headers }),
    ),
    change: () =>
      open({
        name: name('change'),
        title: title('change'),
        initial: {
          text: it.text,
          house_id: it.house_id ?? null,
          field: it.field,
          channel: it.channel,
          about_employee: it.about_employee ?? null,
        },
        fields: [
          { name: 'text', label: t('text'), kind: 'lines', required: true },
          {
            name: 'house_id',
            label: t('house'),
            kind: 'house',
            estate: it.estate_id,
            known: it.house_no ?? null,
          },
          {
            name: 'field',
            label: t('cases.field'),
            kind: 'choice',
            options: options('case_field', caseFields),
            required: true,
          },
          {
            name: 'channel',
            label: t('cases.channel'),
            kind: 'choice',
            options: options('channel', channels),
            required: true,
          },
          {
            name: 'about_employee',
            label: t('cases.about_employee'),
            kind: 'person',
            known: it.about_employee_name ?? null,
          },
          // Left empty they stay as they are: not everybody who corrects may read them.
          { name: 'reporter_name', label: t('contact'), kind: 'line', hint: t('cases.kept') },
          { name: 'reporter_phone', label: t('phone'), kind: 'line', hint: t('cases.kept') },
        ],
        run: async (body) => {
          await api.PATCH('/api/v1/cases/{id}', {
            params: { path: { id: it.id }, header: ifMatch(`"${it.version}"`) },
            body,
          });
          done();
        },
      }),
    assign: () =>
      open({
        name: name('assign'),
        title: title('assign'),
        fields: [
          { name: 'owner_id', label: t('cases.owner'), kind: 'person', required: true },
          { name: 'reason', label: t('reason'), kind: 'line' },
        ],
        run: async (body, headers) => {
          await api.POST('/api/v1/cases/{id}/assign', { ...path, body, headers });
          done();
        },
      }),
    propose_validity: () =>
      open({
        name: name('propose_validity'),
        title: title('propose_validity'),
        fields: [
          {
            name: 'validity',
            label: t('cases.validity'),
            kind: 'choice',
            blank: true,
            options: options('validity', validities),
            required: true,
          },
          { name: 'reason', label: t('cases.facts'), kind: 'lines', required: true },
        ],
        run: async (body, headers) => {
          await api.POST('/api/v1/cases/{id}/propose-validity', { ...path, body, headers });
          done();
        },
      }),
    confirm_validity: confirm('confirm_validity', 'optional', (reason, headers) =>
      api.POST('/api/v1/cases/{id}/confirm-validity', {
        ...path,
        body: { reason: reason || null },
        headers,
      }),
    ),
    return_validity: confirm('return_validity', 'required', (reason, headers) =>
      api.POST('/api/v1/cases/{id}/return-validity', { ...path, body: { reason }, headers }),
    ),
    add_measure: text('add_measure', (body, headers) =>
      api.POST('/api/v1/cases/{id}/measures', { ...path, body, headers }),
    ),
    reply: text('reply', (body, headers) =>
      api.POST('/api/v1/cases/{id}/reply', { ...path, body, headers }),
    ),
    check_closing: confirm('check_closing', 'none', (_, headers) =>
      api.POST('/api/v1/cases/{id}/check-closing', { ...path, body: {}, headers }),
    ),
    return_closing: confirm('return_closing', 'required', (reason, headers) =>
      api.POST('/api/v1/cases/{id}/return-closing', { ...path, body: { reason }, headers }),
    ),
    close: confirm('close', 'none', (_, headers) =>
      api.POST('/api/v1/cases/{id}/close', { ...path, body: {}, headers }),
    ),
    reopen: confirm('reopen', 'required', (reason, headers) =>
      api.POST('/api/v1/cases/{id}/reopen', { ...path, body: { reason }, headers }),
    ),
    reclassify: () =>
      open({
        name: name('reclassify'),
        title: title('reclassify'),
        initial: { kind: it.kind },
        fields: [
          {
            name: 'kind',
            label: t('kind'),
            kind: 'choice',
            options: options('case_kind', caseKinds),
            required: true,
          },
          { name: 'reason', label: t('reason'), kind: 'line', required: true },
        ],
        run: async (body, headers) => {
          await api.POST('/api/v1/cases/{id}/reclassify', { ...path, body, headers });
          done();
        },
      }),
    link_duplicate: () =>
      open({
        name: name('link_duplicate'),
        title: title('link_duplicate'),
        fields: [
          {
            name: 'no',
            label: t('cases.master_no'),
            kind: 'line',
            hint: t('cases.master_hint'),
            required: true,
          },
        ],
        run: async ({ no }: { no: string }, headers) => {
          const found = await ok(
            api.GET('/api/v1/cases', { params: { query: { q: no, limit: 5 } } }),
          );
          const master = found.items.find((one) => one.no === no) ?? found.items[0];
          if (!master) throw new Error(ui('find.nothing'));
          await api.POST('/api/v1/cases/{id}/link-duplicate', {
            ...path,
            body: { master_id: master.id },
            headers,
          });
          done();
        },
      }),
    unlink_duplicate: confirm('unlink_duplicate', 'required', (reason, headers) =>
      api.POST('/api/v1/cases/{id}/unlink-duplicate', { ...path, body: { reason }, headers }),
    ),
  };

  const allowed = it.actions.filter(
    (action) =>
      run[action] && can(NEEDS[action]) && !(action === 'acknowledge' && it.acknowledged_at),
  );
  const first = NEXT.find(
    (action) => allowed.includes(action) && !(action === 'assign' && it.owner_id),
  );
  const button = (action: Action): RecordAction => ({
    key: action,
    label: title(action),
    onClick: () => run[action]?.(),
  });
  return {
    ...(first && { next: button(first) }),
    others: allowed.filter((action) => action !== first).map(button),
  };
}
