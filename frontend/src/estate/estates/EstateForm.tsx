import { Form, Input } from 'antd';
import { api, ifMatch, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/estate';
import { FormDrawer, required } from '@/ui/form';
import { toast } from '@/ui/toast';

type Estate = Schema<'Estate'>;

interface EstateFormProps {
  estate?: Estate;
  close: () => void;
  done: (estate: Estate) => void;
}

/** Name and address of an estate; without one a new estate is taken on. */
export default function EstateForm({ estate, close, done }: EstateFormProps) {
  return (
    <FormDrawer<Schema<'NewEstate'>>
      open
      name={`estate.estate.${estate?.id ?? 'new'}`}
      title={estate ? estate.name : t('estate.new')}
      initial={
        estate ? { code: estate.code, name: estate.name, address: estate.address } : { address: '' }
      }
      lead={!estate && <p className="muted">{t('estate.new_lead')}</p>}
      onClose={close}
      onSubmit={async (body, headers) => {
        const after = estate
          ? await ok(
              api.PATCH('/api/v1/estates/{id}', {
                params: { path: { id: estate.id } },
                body,
                headers: ifMatch(`"${estate.version}"`),
              }),
            )
          : await ok(api.POST('/api/v1/estates', { body, headers }));
        toast(t('estate.saved'));
        reloadKind('estate');
        done(after);
      }}
    >
      <Form.Item name="name" label={t('field.name')} rules={[required(t('field.name'))]}>
        <Input autoFocus maxLength={100} />
      </Form.Item>
      <Form.Item
        name="code"
        label={t('estate.code')}
        extra={t('estate.code_hint')}
        rules={[required(t('estate.code'))]}
      >
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="address" label={t('estate.address')}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDrawer>
  );
}
