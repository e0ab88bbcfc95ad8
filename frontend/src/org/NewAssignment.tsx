import { useQuery } from '@tanstack/react-query';
import { Form, Input, Radio, Select } from 'antd';
import { useMe } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/org';
import { DateField, FormDrawer, required } from '@/ui/form';
import { today } from '@/ui/format';
import { toast } from '@/ui/toast';
import type { Employee } from './EmployeesPage';
import { type PostCode, useEstate, usePosts } from './lookups';
import { PersonSelect, PostSelect } from './selects';

type Values = Schema<'NewAssignment'>;
const COMPANY_LEVELS = new Set(['board', 'gm']);
const HAS_FIELD = new Set(['RECEPT', 'RENOADM']);

/** Proposes a person for a post; who decides follows from the post's level. */
export default function NewAssignment(props: { employee?: Employee; close: () => void }) {
  const { employee, close } = props;
  const me = useMe();
  const posts = usePosts();
  const { estate } = useEstate();
  const squads = useQuery({
    queryKey: ['org', 'squads', 'choice'],
    queryFn: ({ signal }) => ok(api.GET('/api/v1/squads', { signal })),
    meta: { kinds: ['squad'] },
  });
  const companyWide = (post: PostCode | undefined) =>
    COMPANY_LEVELS.has(posts.find((one) => one.code === post)?.level ?? '');

  return (
    <FormDrawer<Values>
      open
      name={`org.assignment.${employee?.id ?? 'new'}`}
      title={t('assignment.new')}
      initial={{
        ...(employee ? { employee_id: employee.id } : {}),
        ...(estate ? { estate_id: estate } : {}),
        kind: employee && employee.posts.length > 0 ? 'concurrent' : 'primary',
        valid_from: today(),
      }}
      onClose={close}
      onSubmit={async (values, headers) => {
        const body: Values = {
          ...values,
          estate_id: companyWide(values.post) ? null : (values.estate_id ?? null),
        };
        await api.POST('/api/v1/assignments', { body, headers });
        toast(t('assignment.sent'));
        reloadKind('assignment');
        reloadKind('employee');
      }}
    >
      {(form) => (
        <>
          <Form.Item
            name="employee_id"
            label={t('employee.name')}
            rules={[required(t('employee.name'))]}
          >
            <PersonSelect known={employee} autoFocus={!employee} disabled={Boolean(employee)} />
          </Form.Item>
          <Form.Item name="post" label={t('posts.post')} rules={[required(t('posts.post'))]}>
            <PostSelect
              autoFocus={Boolean(employee)}
              onChange={() => form.setFieldValue('squad_id', undefined)}
            />
          </Form.Item>
          {me.estates.length > 1 && (
            <Form.Item name="estate_id" label={t('field.estate')}>
              <Select options={me.estates.map((one) => ({ value: one.id, label: one.name }))} />
            </Form.Item>
          )}
          {me.estates.length <= 1 && <Form.Item name="estate_id" hidden noStyle />}
          <Form.Item
            name="kind"
            label={t('assignment.kind')}
            rules={[required(t('assignment.kind'))]}
          >
            <Radio.Group
              options={['primary', 'concurrent'].map((value) => ({
                value,
                label: t.code('kind', value),
              }))}
            />
          </Form.Item>
          <Form.Item noStyle dependencies={['post']}>
            {({ getFieldValue }) => {
              const post: PostCode | undefined = getFieldValue('post');
              const fit = (squads.data?.items ?? []).filter((squad) => squad.post === post);
              return (
                <>
                  {fit.length > 0 && (
                    <Form.Item name="squad_id" label={t('assignment.squad')}>
                      <Select
                        allowClear
                        options={fit.map((squad) => ({ value: squad.id, label: squad.name }))}
                      />
                    </Form.Item>
                  )}
                  {post && HAS_FIELD.has(post) && (
                    <Form.Item
                      name="service_field"
                      label={t('assignment.service_field')}
                      extra={t('assignment.service_field_hint')}
                    >
                      <Input maxLength={100} />
                    </Form.Item>
                  )}
                </>
              );
            }}
          </Form.Item>
          <Form.Item
            name="valid_from"
            label={t('assignment.first_day')}
            extra={t('assignment.first_day_hint')}
            rules={[required(t('assignment.first_day'))]}
          >
            <DateField />
          </Form.Item>
          <Form.Item name="valid_until" label={t('assignment.until')} extra={t('field.ends_hint')}>
            <DateField />
          </Form.Item>
          <Form.Item name="order_ref" label={t('assignment.order_ref')}>
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item name="reason" label={t('field.reason')} extra={t('assignment.reason_hint')}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </>
      )}
    </FormDrawer>
  );
}
