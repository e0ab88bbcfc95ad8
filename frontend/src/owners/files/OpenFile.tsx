import { useRouter } from '@tanstack/react-router';
import { Form, Input } from 'antd';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/owners';
import { useEstate } from '@/org/lookups';
import { DateField, FormDrawer, required } from '@/ui/form';
import { HouseField } from '@/ui/form/Combo';
import { today } from '@/ui/format';

/** Opens a file by hand, for a house that was handed over before the program came. */
export default function OpenFile(props: {
  house?: { id: string; no: string } | null;
  close: () => void;
}) {
  const { house, close } = props;
  const router = useRouter();
  const { estate } = useEstate();
  return (
    <FormDrawer<Schema<'NewHouseFile'>>
      open
      name={`owners.file.new.${house?.id ?? ''}`}
      title={t('file.open')}
      initial={{ opened_on: today(), ...(house && { house_id: house.id }) }}
      lead={<p className="muted">{t('file.open_hint')}</p>}
      onClose={close}
      onSubmit={async (values, headers) => {
        const body = { ...values, location: values.location?.trim() ?? '' };
        const made = await ok(api.POST('/api/v1/house-files', { body, headers }));
        reloadKind('house_file');
        router.history.push(`/house-files/${made.id}`);
      }}
    >
      <Form.Item name="house_id" label={t('field.house')} rules={[required(t('field.house'))]}>
        <HouseField autoFocus={!house} estate={estate} known={house?.no ?? null} />
      </Form.Item>
      <Form.Item name="location" label={t('file.location')} extra={t('file.location_hint')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="opened_on" label={t('file.opened_on')}>
        <DateField />
      </Form.Item>
    </FormDrawer>
  );
}
