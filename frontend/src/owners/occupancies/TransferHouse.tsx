import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { api, ok } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/owners';
import { useEstate } from '@/org/lookups';
import { DateField, FormDrawer, required } from '@/ui/form';
import { HouseField, PartyField } from '@/ui/form/Combo';
import { today } from '@/ui/format';
import { toast } from '@/ui/toast';

interface Values {
  house_id: string;
  owners: (string | null)[];
  on: string;
  reason: string;
}

const MOST_OWNERS = 20;

/** A house passes to new owners: the present ones end, the file is archived, a new one is opened. */
export default function TransferHouse(props: {
  house?: { id: string; no: string } | null;
  close: () => void;
}) {
  const { house, close } = props;
  const router = useRouter();
  const { estate } = useEstate();
  return (
    <FormDrawer<Values>
      open
      name={`owners.transfer.${house?.id ?? ''}`}
      title={t('transfer.title')}
      submitLabel={t('transfer.do')}
      initial={{ on: today(), owners: [null], ...(house && { house_id: house.id }) }}
      lead={<p className="muted">{t('transfer.hint')}</p>}
      onClose={close}
      onSubmit={async ({ house_id, owners, on, reason }, headers) => {
        const done = await ok(
          api.POST('/api/v1/houses/{id}/transfer', {
            params: { path: { id: house_id } },
            body: { owners: owners.filter((one) => one !== null), on, reason },
            headers,
          }),
        );
        toast(
          done.archived
            ? t('transfer.done', { old: done.archived.no, no: done.opened.no })
            : t('transfer.done_first', { no: done.opened.no }),
        );
        reloadKind('occupancy');
        reloadKind('house_file');
        router.history.push(`/house-files/${done.opened.id}`);
      }}
    >
      {(form) => (
        <>
          <Form.Item name="house_id" label={t('field.house')} rules={[required(t('field.house'))]}>
            <HouseField autoFocus={!house} estate={estate} known={house?.no ?? null} />
          </Form.Item>
          <Form.Item noStyle dependencies={['house_id']}>
            {() => <OwnersNow house={form.getFieldValue('house_id')} />}
          </Form.Item>
          <Form.List name="owners">
            {(fields, { add, remove }) => (
              <Form.Item label={t('transfer.owners')} extra={t('transfer.owners_hint')} required>
                {fields.map((field, i) => (
                  <div key={field.key} className="ow-row-field">
                    <Form.Item
                      name={field.name}
                      rules={[required(t('transfer.owner_n', { n: i + 1 }))]}
                    >
                      <PartyField
                        estate={estate}
                        label={t('transfer.owner_n', { n: i + 1 })}
                        autoFocus={Boolean(house) && i === 0}
                      />
                    </Form.Item>
                    {fields.length > 1 && (
                      <Button
                        type="text"
                        aria-label={t('transfer.owner_remove', { n: i + 1 })}
                        icon={<MinusCircleOutlined />}
                        onClick={() => remove(field.name)}
                      />
                    )}
                  </div>
                ))}
                {fields.length < MOST_OWNERS && (
                  <Button type="dashed" icon={<PlusOutlined />} onClick={() => add(null)}>
                    {t('transfer.owner_add')}
                  </Button>
                )}
              </Form.Item>
            )}
          </Form.List>
          <Form.Item
            name="on"
            label={t('transfer.on')}
            extra={t('transfer.on_hint')}
            rules={[required(t('transfer.on'))]}
          >
            <DateField />
          </Form.Item>
          <Form.Item name="reason" label={t('field.reason')} rules={[required(t('field.reason'))]}>
            <Input.TextArea rows={3} maxLength={500} placeholder={t('transfer.reasons')} />
          </Form.Item>
        </>
      )}
    </FormDrawer>
  );
}

/** Whose time ends with the transfer, so that the right house is passed on. */
function OwnersNow({ house }: { house: string | null | undefined }) {
  const record = useQuery({
    queryKey: ['estate', 'house-record', house],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/houses/{id}/record', { params: { path: { id: house ?? '' } }, signal })),
    enabled: Boolean(house),
    meta: { kinds: ['house', 'occupancy', 'party', 'house_file'] },
  });
  if (!house || !record.data) return null;
  const owners = record.data.occupants.filter(
    (one) => one.present && one.occupancy.role === 'owner',
  );
  return (
    <p className="ow-now" role="status">
      {owners.length === 0
        ? t('transfer.no_owner')
        : t('transfer.owners_now', {
            names: owners.map((one) => one.party.name).join(t('list_comma')),
          })}
      {record.data.file && ` ${t('transfer.file_now', { no: record.data.file.no })}`}
    </p>
  );
}
