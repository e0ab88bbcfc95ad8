import { Button, Form, Input, InputNumber, Select } from 'antd';
import { api, ifMatch } from '@/api/client';
import { reloadKind } from '@/api/query';
import { lang } from '@/locales/lang';
import { t } from '@/locales/org';
import { DateField, FormDrawer, required } from '@/ui/form';
import { listed } from '@/ui/format';
import { toast } from '@/ui/toast';
import { etagOf, type PostView, usePostTitle } from './lookups';

interface Values {
  title_zh: string;
  title_en: string;
  aliases: string[];
  establishment_count: number | null;
  active_from: string | null;
  active_until: string | null;
}

/** Establishment, titles and days of a post. */
export default function ChangePost(props: {
  post: PostView;
  close: () => void;
  cover: () => void;
}) {
  const { post, close, cover } = props;
  const title = usePostTitle();
  const covers = [...post.covered_by, ...post.carried_by];
  return (
    <FormDrawer<Values>
      open
      name={`org.post.${post.code}`}
      title={lang() === 'en' ? post.title_en : post.title_zh}
      initial={{
        title_zh: post.title_zh,
        title_en: post.title_en,
        aliases: post.aliases,
        establishment_count: post.establishment_count ?? null,
        active_from: post.active_from ?? null,
        active_until: post.active_until ?? null,
      }}
      lead={
        !post.is_external && (
          <p>
            <span className="muted">
              {t(post.is_role_tag ? 'cover.carried_by' : 'posts.covered_by')}
            </span>{' '}
            {listed(covers.map(title).filter(Boolean)) || t('cover.nobody')}{' '}
            <Button size="small" onClick={cover}>
              {t('cover.change')}
            </Button>
          </p>
        )
      }
      onClose={close}
      onSubmit={async (body) => {
        await api.PATCH('/api/v1/posts/{code}', {
          params: { path: { code: post.code } },
          body,
          headers: ifMatch(etagOf(post.version)),
        });
        toast(t('done.saved'));
        reloadKind('post');
      }}
    >
      <Form.Item
        name="establishment_count"
        label={t('posts.establishment')}
        extra={t('posts.establishment_hint')}
      >
        <InputNumber min={0} max={10000} precision={0} autoFocus />
      </Form.Item>
      <Form.Item
        name="title_zh"
        label={t('posts.title_zh')}
        rules={[required(t('posts.title_zh'))]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="title_en"
        label={t('posts.title_en')}
        rules={[required(t('posts.title_en'))]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="aliases" label={t('posts.aliases')} extra={t('posts.aliases_hint')}>
        <Select mode="tags" open={false} maxCount={20} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="active_from" label={t('posts.active_from')}>
        <DateField />
      </Form.Item>
      <Form.Item name="active_until" label={t('posts.active_until')}>
        <DateField />
      </Form.Item>
    </FormDrawer>
  );
}
