import { Form, Input } from 'antd';
import { api, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/owners';
import { DateField, FormDrawer, required } from '@/ui/form';
import { today } from '@/ui/format';
import { toast } from '@/ui/toast';

interface Props {
  id: string;
  role: Schema<'OccupancyRole'>;
  who: string;
  house: string;
  close: () => void;
}

/** Somebody moves out: the first day on which it no longer holds, and why. */
export default function EndOccupancy({ id, role, who, house, close }: Props) {
  return (
    <FormDrawer<Schema<'EndOccupancy'>>
      open
      name={`owners.occupancy.${id}.end`}
      title={t('occupancy.end')}
      initial={{ valid_until: today() }}
      lead={
        <>
          <p>{t('occupancy.end_about', { who, house, role: t.code('role', role) })}</p>
          {role === 'owner' && <p className="muted">{t('occupancy.end_archives')}</p>}
        </>
      }
      onClose={close}
      onSubmit={async (body, headers) => {
        await api.POST('/api/v1/occupancies/{id}/end', {
          params: { path: { id } },
          body,
          headers,
        });
        toast(t('done.ended'));
        reloadKind('occupancy');
        reloadKind('house_file');
      }}
    >
      <Form.Item
        name="valid_until"
        label={t('occupancy.moves_out')}
        extra={t('occupancy.moves_out_hint')}
        rules={[required(t('occupancy.moves_out'))]}
      >
        <DateField />
      </Form.Item>
      <Form.Item name="reason" label={t('field.reason')} rules={[required(t('field.reason'))]}>
        <Input.TextArea
          autoFocus
          rows={3}
          maxLength={500}
          placeholder={t('occupancy.end_reasons')}
        />
      </Form.Item>
    </FormDrawer>
  );
}
