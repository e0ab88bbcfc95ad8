import { useQuery } from '@tanstack/react-query';
import { Form, Input, Radio, Select } from 'antd';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/org';
import { DateTimeField, FormDrawer, required } from '@/ui/form';
import { toast } from '@/ui/toast';
import { usePostTitle } from './lookups';
import { PersonSelect } from './selects';

interface Values extends Schema<'NewAbsence'> {
  employee_id: string;
}

/** Enters who is away from which post; a superior grants it. */
export default function NewAbsence({ close }: { close: () => void }) {
  return (
    <FormDrawer<Values>
      open
      name="org.absence"
      title={t('absence.new')}
      initial={{ kind: 'leave' }}
      onClose={close}
      onSubmit={async ({ employee_id: _, ...body }, headers) => {
        await api.POST('/api/v1/absences', { body, headers });
        toast(t('absence.sent'));
        reloadKind('absence');
      }}
    >
      {(form) => (
        <>
          <Form.Item
            name="employee_id"
            label={t('absence.who')}
            rules={[required(t('absence.who'))]}
          >
            <PersonSelect
              autoFocus
              onChange={() => form.setFieldsValue({ assignment_id: undefined } as never)}
            />
          </Form.Item>
          <Form.Item noStyle dependencies={['employee_id']}>
            {({ getFieldValue }) => <PostOf person={getFieldValue('employee_id')} />}
          </Form.Item>
          <Form.Item name="kind" label={t('absence.kind_label')}>
            <Radio.Group
              options={['leave', 'sick', 'holiday', 'trip', 'training'].map((value) => ({
                value,
                label: t.code('absence.kind', value),
              }))}
            />
          </Form.Item>
          <Form.Item name="from" label={t('absence.from')} rules={[required(t('absence.from'))]}>
            <DateTimeField />
          </Form.Item>
          <Form.Item name="until" label={t('absence.until')} rules={[required(t('absence.until'))]}>
            <DateTimeField />
          </Form.Item>
          <Form.Item name="note" label={t('absence.note')}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </>
      )}
    </FormDrawer>
  );
}

/** The posts the person holds; the only one is chosen by itself. */
function PostOf({ person }: { person: string | undefined }) {
  const title = usePostTitle();
  const form = Form.useFormInstance<Values>();
  const found = useQuery({
    queryKey: ['org', 'employee', person],
    queryFn: async ({ signal }) => {
      const one = await ok(
        api.GET('/api/v1/employees/{id}', { params: { path: { id: person ?? '' } }, signal }),
      );
      if (one.posts.length === 1) form.setFieldValue('assignment_id', one.posts[0]?.id);
      return one;
    },
    enabled: Boolean(person),
    meta: { kinds: ['employee', 'assignment'] },
  });
  if (!person) return null;
  return (
    <Form.Item name="assignment_id" label={t('absence.post')} rules={[required(t('absence.post'))]}>
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
