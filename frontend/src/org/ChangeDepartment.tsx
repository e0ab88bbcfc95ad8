import { Form, Input, Select } from 'antd';
import { api, ifMatch } from '@/api/client';
import { reloadKind } from '@/api/query';
import { lang } from '@/locales/lang';
import { t } from '@/locales/org';
import { FormDrawer, required } from '@/ui/form';
import { toast } from '@/ui/toast';
import type { Department } from './DepartmentsPage';
import { etagOf } from './lookups';

interface Values {
  name_zh: string;
  name_en: string;
  aliases: string[];
}

/** The names of a department. */
export default function ChangeDepartment(props: { department: Department; close: () => void }) {
  const { department, close } = props;
  const { id, name_zh, name_en, aliases, version } = department;
  return (
    <FormDrawer<Values>
      open
      name={`org.department.${id}`}
      title={lang() === 'en' ? name_en : name_zh}
      initial={{ name_zh, name_en, aliases }}
      onClose={close}
      onSubmit={async (body) => {
        await api.PATCH('/api/v1/departments/{id}', {
          params: { path: { id } },
          body,
          headers: ifMatch(etagOf(version)),
        });
        toast(t('done.saved'));
        reloadKind('department');
      }}
    >
      <Form.Item name="name_zh" label={t('posts.title_zh')} rules={[required(t('posts.title_zh'))]}>
        <Input autoFocus maxLength={100} />
      </Form.Item>
      <Form.Item name="name_en" label={t('posts.title_en')} rules={[required(t('posts.title_en'))]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="aliases" label={t('posts.aliases')} extra={t('posts.aliases_hint')}>
        <Select mode="tags" open={false} maxCount={20} suffixIcon={null} />
      </Form.Item>
    </FormDrawer>
  );
}
