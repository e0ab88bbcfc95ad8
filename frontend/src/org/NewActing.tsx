import { useQuery } from '@tanstack/react-query';
import { Form, Radio, Select } from 'antd';
import { useState } from 'react';
import { useMe } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { lang } from '@/locales/lang';
import { t } from '@/locales/org';
import { DateTimeField, FormDrawer, required } from '@/ui/form';
import { addDays, instantAt, today } from '@/ui/format';
import { toast } from '@/ui/toast';
import { type PostCode, useEstate, usePostTitle } from './lookups';
import { PersonSelect, PostSelect } from './selects';

interface Values {
  whose: 'own' | 'other' | 'vacant';
  assignment_id?: string;
  principal_id?: string;
  vacant_post?: PostCode;
  stand_in_id: string;
  reason: Schema<'ActingReason'>;
  from: string;
  until: string;
  duties?: string[];
  handover_items?: string[];
}

/** A calendar day ahead at an hour of the estate's clock. */
const at = (days: number, hour: string) =>
  new Date(instantAt(addDays(today(), days), hour)).toISOString();

/** Names a stand-in; the pair that the manual names is suggested. */
export default function NewActing({ close }: { close: () => void }) {
  const me = useMe();
  const english = lang() === 'en';
  const { estate } = useEstate();
  const own = me.posts.filter((held) => !held.acting_for);
  return (
    <FormDrawer<Values>
      open
      name="org.acting"
      title={t('acting.new')}
      initial={{
        whose: own.length > 0 ? 'own' : 'other',
        ...(own[0] ? { assignment_id: own[0].assignment_id } : {}),
        reason: 'leave',
        from: at(1, '00:00'),
        until: at(2, '00:00'),
      }}
      onClose={close}
      onSubmit={async ({ whose, principal_id: _, ...values }, headers) => {
        const vacant = whose === 'vacant';
        const body: Schema<'NewActing'> = {
          stand_in_id: values.stand_in_id,
          reason: vacant ? 'vacancy' : values.reason,
          from: values.from,
          until: values.until,
          duties: values.duties ?? [],
          handover_items: values.handover_items ?? [],
          assignment_id: vacant ? null : (values.assignment_id ?? null),
          vacant_post: vacant ? (values.vacant_post ?? null) : null,
          estate_id: vacant ? estate || null : null,
        };
        await api.POST('/api/v1/acting-periods', { body, headers });
        toast(t('acting.sent'));
        reloadKind('acting_period');
      }}
    >
      {(form) => (
        <>
          <Form.Item name="whose" label={t('acting.for')}>
            <Radio.Group
              onChange={() => form.setFieldsValue({ assignment_id: undefined } as never)}
              options={[
                ...(own.length > 0 ? [{ value: 'own', label: t('acting.for_me') }] : []),
                { value: 'other', label: t('acting.for_other') },
                { value: 'vacant', label: t('acting.for_vacant') },
              ]}
            />
          </Form.Item>
          <Form.Item
            noStyle
            dependencies={['whose', 'principal_id', 'assignment_id', 'vacant_post']}
          >
            {({ getFieldValue }) => {
              const whose: Values['whose'] = getFieldValue('whose');
              return (
                <>
                  {whose === 'own' && own.length > 0 && (
                    <Form.Item
                      name="assignment_id"
                      label={t('acting.my_post')}
                      rules={[required(t('acting.my_post'))]}
                    >
                      <Select
                        options={own.map((held) => ({
                          value: held.assignment_id,
                          label: english ? held.title_en : held.title_zh,
                        }))}
                      />
                    </Form.Item>
                  )}
                  {whose === 'other' && (
                    <>
                      <Form.Item
                        name="principal_id"
                        label={t('acting.principal')}
                        rules={[required(t('acting.principal'))]}
                      >
                        <PersonSelect />
                      </Form.Item>
                      <PostOf person={getFieldValue('principal_id')} />
                    </>
                  )}
                  {whose === 'vacant' && (
                    <Form.Item
                      name="vacant_post"
                      label={t('acting.vacant_post')}
                      rules={[required(t('acting.vacant_post'))]}
                    >
                      <PostSelect />
                    </Form.Item>
                  )}
                  <StandIn
                    post={
                      whose === 'vacant'
                        ? getFieldValue('vacant_post')
                        : own.find((held) => held.assignment_id === getFieldValue('assignment_id'))
                            ?.post
                    }
                    assignment={whose === 'other' ? getFieldValue('assignment_id') : undefined}
                  />
                  {whose !== 'vacant' && (
                    <Form.Item name="reason" label={t('acting.reason')}>
                      <Radio.Group
                        options={['leave', 'holiday', 'trip'].map((value) => ({
                          value,
                          label: t.code('acting.reason', value),
                        }))}
                      />
                    </Form.Item>
                  )}
                </>
              );
            }}
          </Form.Item>
          <Form.Item name="from" label={t('acting.from')} rules={[required(t('acting.from'))]}>
            <DateTimeField />
          </Form.Item>
          <Form.Item
            name="until"
            label={t('acting.until')}
            rules={[
              required(t('acting.until')),
              ({ getFieldValue }) => ({
                validator: async (_, value) => {
                  if (value && value <= getFieldValue('from')) throw new Error(t('acting.order'));
                },
              }),
            ]}
          >
            <DateTimeField />
          </Form.Item>
          <Form.Item
            name="handover_items"
            label={t('acting.handover')}
            extra={t('acting.list_hint')}
          >
            <Select mode="tags" open={false} suffixIcon={null} maxCount={100} />
          </Form.Item>
          <Form.Item name="duties" label={t('acting.duties')} extra={t('acting.duties_hint')}>
            <Select mode="tags" open={false} suffixIcon={null} maxCount={50} />
          </Form.Item>
        </>
      )}
    </FormDrawer>
  );
}

/** The posts that another person holds, to choose for which one somebody acts. */
function PostOf({ person }: { person: string | undefined }) {
  const title = usePostTitle();
  const found = useQuery({
    queryKey: ['org', 'employee', person],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/employees/{id}', { params: { path: { id: person ?? '' } }, signal })),
    enabled: Boolean(person),
    meta: { kinds: ['employee', 'assignment'] },
  });
  if (!person) return null;
  return (
    <Form.Item name="assignment_id" label={t('posts.post')} rules={[required(t('posts.post'))]}>
      <Select
        loading={found.isFetching}
        options={(found.data?.posts ?? []).map((held) => ({
          value: held.id,
          label: title(held.post),
        }))}
      />
    </Form.Item>
  );
}

/** Who acts, with the manual's own pairs for the post one click away. */
function StandIn(props: { post: PostCode | undefined; assignment: string | undefined }) {
  const title = usePostTitle();
  const form = Form.useFormInstance<Values>();
  const [picked, setPicked] = useState<{ id: string; name: string }>();
  const pairs = useQuery({
    queryKey: ['org', 'pairs'],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/stand-in-pairs', { params: { query: { on: today() } }, signal })),
  });
  const all = useQuery({
    queryKey: ['org', 'assignments', 'now'],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/assignments', {
          params: { query: { on: today(), state: 'approved', limit: 200 } },
          signal,
        }),
      ),
    meta: { kinds: ['assignment'] },
  });
  const holders = all.data?.items ?? [];
  const post = props.post ?? holders.find((row) => row.id === props.assignment)?.post;
  const suggested = (pairs.data?.items ?? [])
    .filter((pair) => pair.principal_post === post)
    .sort((a, b) => a.rank - b.rank)
    .flatMap((pair) =>
      holders
        .filter((row) => row.post === pair.stand_in_post)
        .slice(0, 4)
        .map((row) => ({ id: row.employee_id, name: row.employee_name, post: row.post })),
    );
  return (
    <Form.Item
      htmlFor="stand_in_id"
      label={t('acting.stand_in')}
      required
      extra={
        suggested.length > 0 && (
          <span>
            {t('acting.suggested')}{' '}
            {suggested.map((one) => (
              <button
                key={`${one.id} ${one.post}`}
                type="button"
                className="org-chip"
                onClick={() => {
                  setPicked(one);
                  form.setFieldValue('stand_in_id', one.id);
                }}
              >
                {one.name} {title(one.post)}
              </button>
            ))}
          </span>
        )
      }
    >
      <Form.Item name="stand_in_id" noStyle rules={[required(t('acting.stand_in'))]}>
        <PersonSelect known={picked} />
      </Form.Item>
    </Form.Item>
  );
}
