import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { useRouter } from '@tanstack/react-router';
import { Button, Form, Input, Segmented } from 'antd';
import { api, ifMatch, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/owners';
import { etagOf, useEstate } from '@/org/lookups';
import { FormDrawer, required } from '@/ui/form';
import { toast } from '@/ui/toast';
import { options, partyKinds } from '../words';

interface Values {
  name: string;
  kind: Schema<'PartyKind'>;
  identity_number?: string;
  phones?: (string | undefined)[];
  note?: string;
}

const MOST_PHONES = 5;

/** Keys in a person or firm, or changes what is known of one. */
export default function PartyForm(props: { party?: Schema<'PartyView'>; close: () => void }) {
  const { party, close } = props;
  const router = useRouter();
  const { estate, choice } = useEstate();
  const identity = party?.identity_number;
  // A masked number is not the number: it must not be sent back.
  const hiddenIdentity = identity?.masked ? identity.value : null;
  const hiddenPhones = party?.phones.filter((phone) => phone.masked) ?? [];

  return (
    <FormDrawer<Values>
      open
      name={`owners.party.${party?.id ?? 'new'}`}
      title={party ? t('party.change', { name: party.name }) : t('party.new')}
      unkept={['identity_number', 'phones']}
      initial={
        party
          ? {
              name: party.name,
              kind: party.kind,
              note: party.note,
              ...(identity && !identity.masked && { identity_number: identity.value ?? '' }),
              phones: party.phones.map((phone) => (phone.masked ? '' : (phone.value ?? ''))),
            }
          : { kind: 'owner', phones: [''] }
      }
      {...(!party && choice && { lead: <p>{choice}</p> })}
      onClose={close}
      onSubmit={async (values, headers) => {
        const number = values.identity_number?.trim() || null;
        const phones = (values.phones ?? [])
          .map((one) => one?.trim())
          .filter((one) => one) as string[];
        const plain = {
          name: values.name.trim(),
          kind: values.kind,
          note: values.note?.trim() ?? '',
        };
        if (!party) {
          const body = { ...plain, estate_id: estate, identity_number: number, phones };
          const made = await ok(api.POST('/api/v1/parties', { body, headers }));
          reloadKind('party');
          router.history.push(`/parties/${made.id}`);
          return;
        }
        await api.PATCH('/api/v1/parties/{id}', {
          params: { path: { id: party.id } },
          body: {
            ...plain,
            ...(!(hiddenIdentity && !number) && { identity_number: number }),
            ...(!(hiddenPhones.length > 0 && phones.length === 0) && { phones }),
          },
          headers: ifMatch(etagOf(party.version)),
        });
        toast(t('done.saved'));
        reloadKind('party');
      }}
    >
      <Form.Item name="name" label={t('party.name')} rules={[required(t('party.name'))]}>
        <Input autoFocus maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="kind"
        label={t('party.kind')}
        extra={t('party.kind_hint')}
        rules={[required(t('party.kind'))]}
      >
        <Segmented aria-label={t('party.kind')} options={options('role', partyKinds)} />
      </Form.Item>
      <Form.Item
        name="identity_number"
        label={t('party.identity')}
        extra={hiddenIdentity ? t('party.hidden_hint') : t('party.identity_hint')}
      >
        <Input maxLength={40} autoComplete="off" placeholder={hiddenIdentity ?? ''} />
      </Form.Item>
      <Form.List name="phones">
        {(fields, { add, remove }) => (
          <Form.Item
            label={t('party.phones')}
            extra={hiddenPhones.length > 0 ? t('party.hidden_hint') : t('party.phones_hint')}
          >
            {fields.map((field, i) => (
              <div key={field.key} className="ow-row-field">
                <Form.Item name={field.name} noStyle>
                  <Input
                    inputMode="tel"
                    maxLength={40}
                    autoComplete="off"
                    aria-label={t('party.phone_n', { n: i + 1 })}
                    placeholder={hiddenPhones[i]?.value ?? ''}
                  />
                </Form.Item>
                <Button
                  type="text"
                  aria-label={t('party.phone_remove', { n: i + 1 })}
                  icon={<MinusCircleOutlined />}
                  onClick={() => remove(field.name)}
                />
              </div>
            ))}
            {fields.length < MOST_PHONES && (
              <Button type="dashed" icon={<PlusOutlined />} onClick={() => add('')}>
                {t('party.phone_add')}
              </Button>
            )}
          </Form.Item>
        )}
      </Form.List>
      <Form.Item name="note" label={t('field.note')}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}
