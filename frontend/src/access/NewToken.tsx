import { Form, Input, InputNumber } from 'antd';
import type { Schema } from '@/api/client';
import { t } from '@/locales/access';
import { FormDrawer, required } from '@/ui/form';
import { PermissionPicker } from './PermissionPicker';
import { me } from './session';

type Values = Schema<'NewToken'>;

interface NewTokenProps {
  /** Name of the form: its draft is kept under it. */
  name: string;
  title: string;
  /** What may be chosen; default: what the signed-in person holds. */
  held?: readonly string[];
  create: (body: Values, headers: Record<string, string>) => Promise<{ token: string }>;
  close: () => void;
  /** Given the secret, which exists nowhere else. */
  done: (secret: string) => void;
}

/** A token of one's own or of a service: purpose, rights, end. */
export default function NewToken({ name, title, held, create, close, done }: NewTokenProps) {
  return (
    <FormDrawer<Values>
      open
      name={name}
      title={title}
      initial={{ days: 90 }}
      onClose={close}
      onSubmit={async (values, headers) => done((await create(values, headers)).token)}
    >
      <Form.Item
        name="name"
        label={t('tokens.name')}
        extra={t('tokens.name_hint')}
        rules={[required(t('tokens.name'))]}
      >
        <Input autoFocus maxLength={100} />
      </Form.Item>
      <Form.Item
        name="days"
        label={t('tokens.days')}
        extra={t('tokens.days_hint')}
        rules={[required(t('tokens.days'))]}
      >
        <InputNumber min={1} max={366} precision={0} />
      </Form.Item>
      <Form.Item
        name="permissions"
        label={t('tokens.permissions')}
        rules={[{ required: true, message: t('picker.required') }]}
      >
        <PermissionPicker held={held ?? me()?.permissions ?? []} />
      </Form.Item>
    </FormDrawer>
  );
}
