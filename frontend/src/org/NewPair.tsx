import { Checkbox, Form, Input } from 'antd';
import { api, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/org';
import { DateField, FormDrawer, required } from '@/ui/form';
import { today } from '@/ui/format';
import { PostSelect } from './selects';

/** Two posts of which one stands in for the other. */
export default function NewPair({ close }: { close: () => void }) {
  return (
    <FormDrawer<Schema<'NewPair'>>
      open
      name="org.pair"
      title={t('pair.new')}
      initial={{ required: false, valid_from: today() }}
      onClose={close}
      onSubmit={async (body, headers) => {
        await api.POST('/api/v1/stand-in-pairs', { body, headers });
        reloadKind('post');
      }}
    >
      <Form.Item
        name="principal_post"
        label={t('pair.principal')}
        rules={[required(t('pair.principal'))]}
      >
        <PostSelect autoFocus />
      </Form.Item>
      <Form.Item
        name="stand_in_post"
        label={t('pair.stand_in')}
        rules={[required(t('pair.stand_in'))]}
      >
        <PostSelect />
      </Form.Item>
      <Form.Item name="required" valuePropName="checked" extra={t('pair.required_hint')}>
        <Checkbox>{t('pair.required_yes')}</Checkbox>
      </Form.Item>
      <Form.Item
        name="basis_clause"
        label={t('pair.basis')}
        extra={t('pair.basis_hint')}
        rules={[required(t('pair.basis'))]}
      >
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="valid_from" label={t('field.from')} rules={[required(t('field.from'))]}>
        <DateField />
      </Form.Item>
    </FormDrawer>
  );
}
