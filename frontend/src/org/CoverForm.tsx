import { Form, Input, Select } from 'antd';
import type { Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { lang } from '@/locales/lang';
import { t } from '@/locales/org';
import { DateField, FormDrawer, required } from '@/ui/form';
import { today } from '@/ui/format';
import { type PostCode, usePosts } from './lookups';

type Values = Schema<'CoverPost'>;

interface CoverFormProps {
  name: string;
  title: string;
  /** What the posts do: cover a box, carry a role, answer while a post is vacant. */
  label: string;
  posts: PostCode[];
  /** Not among the choices. */
  but?: PostCode;
  /** Whether nobody may be an answer. */
  none?: boolean;
  send: (body: Values, headers: Record<string, string>) => Promise<unknown>;
  close: () => void;
}

/** Which posts answer for something from a day on; the first one held does. */
export default function CoverForm(props: CoverFormProps) {
  const posts = usePosts();
  const english = lang() === 'en';
  return (
    <FormDrawer<Values>
      open
      name={props.name}
      title={props.title}
      initial={{ posts: props.posts, valid_from: today() }}
      onClose={props.close}
      onSubmit={async (body, headers) => {
        await props.send({ ...body, posts: body.posts ?? [] }, headers);
        reloadKind('post');
      }}
    >
      <Form.Item
        name="posts"
        label={props.label}
        extra={props.none ? t('cover.order_hint') : t('box.order_hint')}
        rules={props.none ? [] : [required(props.label)]}
      >
        <Select
          mode="multiple"
          maxCount={6}
          showSearch={{ optionFilterProp: 'label' }}
          options={posts
            .filter((post) => !post.is_external && !post.is_role_tag && post.code !== props.but)
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
