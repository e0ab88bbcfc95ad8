import { Form, Input, Select } from 'antd';
import { api, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { lang } from '@/locales/lang';
import { t } from '@/locales/org';
import { DateField, FormDrawer, required } from '@/ui/form';
import { today, usePosts } from './lookups';

type Values = Schema<'CoverBox'>;

/** Which posts cover a box of the manual's chart from a day on; the first one held answers. */
export default function CoverBox(props: { box: Schema<'ChartBoxView'>; close: () => void }) {
  const { box, close } = props;
  const posts = usePosts();
  const english = lang() === 'en';
  return (
    <FormDrawer<Values>
      open
      name={`org.box.${box.clause}`}
      title={t('box.change_title', { box: english ? box.title_en : box.title_zh })}
      initial={{ posts: box.covered_by, valid_from: today() }}
      onClose={close}
      onSubmit={async (body, headers) => {
        await api.POST('/api/v1/chart-boxes/{clause}/cover', {
          params: { path: { clause: box.clause } },
          body,
          headers,
        });
        reloadKind('post');
      }}
    >
      <Form.Item
        name="posts"
        label={t('box.covered_by')}
        extra={t('box.order_hint')}
        rules={[required(t('box.covered_by'))]}
      >
        <Select
          mode="multiple"
          maxCount={6}
          showSearch={{ optionFilterProp: 'label' }}
          options={posts
            .filter((post) => !post.is_external)
            .map((post) => ({
              value: post.code,
              label: english ? post.title_en : post.title_zh,
            }))}
        />
      </Form.Item>
      <Form.Item name="valid_from" label={t('field.from')} rules={[required(t('field.from'))]}>
        <DateField min={today()} />
      </Form.Item>
      <Form.Item name="reason" label={t('field.reason')} rules={[required(t('field.reason'))]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}
