import { Form, Segmented } from 'antd';
import { api, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/owners';
import { useEstate } from '@/org/lookups';
import { DateField, FormDrawer, required } from '@/ui/form';
import { HouseField, PartyField } from '@/ui/form/Combo';
import { today } from '@/ui/format';
import { toast } from '@/ui/toast';
import { options, roles } from '../words';

interface Props {
  /** Who moves in, when that is given. */
  party?: { id: string; name: string };
  /** Where to, when that is given. */
  house?: { id: string; no: string } | null;
  close: () => void;
}

/** Who is what in which house, from when on; an owner's first day opens the file of the house. */
export default function NewOccupancy({ party, house, close }: Props) {
  const { estate } = useEstate();
  return (
    <FormDrawer<Schema<'NewOccupancy'>>
      open
      name={`owners.occupancy.new.${party?.id ?? house?.id ?? ''}`}
      title={t('occupancy.new')}
      initial={{
        role: 'owner',
        valid_from: today(),
        ...(party && { party_id: party.id }),
        ...(house && { house_id: house.id }),
      }}
      lead={<p className="muted">{t('occupancy.new_hint')}</p>}
      onClose={close}
      onSubmit={async (values, headers) => {
        const body = { ...values, valid_until: values.valid_until ?? null };
        await api.POST('/api/v1/occupancies', { body, headers });
        toast(t('done.moved_in'));
        reloadKind('occupancy');
        reloadKind('house_file');
      }}
    >
      <Form.Item name="party_id" label={t('field.party')} rules={[required(t('field.party'))]}>
        <PartyField autoFocus={!party} estate={estate} known={party?.name ?? null} />
      </Form.Item>
      <Form.Item name="house_id" label={t('field.house')} rules={[required(t('field.house'))]}>
        <HouseField autoFocus={Boolean(party)} estate={estate} known={house?.no ?? null} />
      </Form.Item>
      <Form.Item name="role" label={t('field.role')} rules={[required(t('field.role'))]}>
        <Segmented aria-label={t('field.role')} options={options('role', roles)} />
      </Form.Item>
      <Form.Item
        name="valid_from"
        label={t('occupancy.first_day')}
        extra={t('occupancy.first_day_hint')}
        rules={[required(t('occupancy.first_day'))]}
      >
        <DateField />
      </Form.Item>
      <Form.Item
        name="valid_until"
        label={t('occupancy.moves_out')}
        extra={t('occupancy.moves_out_hint')}
      >
        <DateField />
      </Form.Item>
    </FormDrawer>
  );
}
