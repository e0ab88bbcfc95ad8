import { Alert, Button, Drawer, Form, Input, Segmented } from 'antd';
import { useState } from 'react';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/owners';
import { useEstate } from '@/org/lookups';
import { Anchor } from '@/ui/Anchor';
import { required, useProblem } from '@/ui/form';
import { useNarrow } from '@/ui/hooks';
import { Disclosed, Phones, RolePill } from '../words';

interface Values {
  by: 'identity_number' | 'phone';
  number: string;
}

/**
 * Who has exactly this document or phone. The number stands neither in an address nor in a draft;
 * the server compares digests.
 */
export default function LookupParty({ close }: { close: () => void }) {
  const narrow = useNarrow();
  const { estate } = useEstate();
  const [form] = Form.useForm<Values>();
  const { problem, show, clear } = useProblem(form);
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Schema<'PartyView'>[] | null>(null);
  const by = Form.useWatch('by', form) ?? 'identity_number';

  async function look({ by, number }: Values) {
    setBusy(true);
    clear();
    try {
      const body = { estate_id: estate, [by]: number.trim() };
      setFound(await ok(api.POST('/api/v1/parties/lookup', { body })));
    } catch (error) {
      setFound(null);
      show(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Drawer
      open
      title={t('lookup.title')}
      onClose={close}
      size={narrow ? '100%' : 520}
      footer={
        <div className="form-foot detail-foot">
          <Button onClick={close}>{t('lookup.close')}</Button>
          <Button type="primary" loading={busy} onClick={() => form.submit()}>
            {t('lookup.look')}
          </Button>
        </div>
      }
    >
      <p className="muted">{t('lookup.hint')}</p>
      {problem && <Alert className="form-note" type="error" showIcon title={problem} />}
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ by: 'identity_number' }}
        onFinish={look}
        onValuesChange={() => setFound(null)}
      >
        <Form.Item name="by" label={t('lookup.by')}>
          <Segmented
            aria-label={t('lookup.by')}
            options={[
              { value: 'identity_number', label: t('party.identity') },
              { value: 'phone', label: t('party.phone') },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="number"
          label={by === 'phone' ? t('party.phone') : t('party.identity')}
          rules={[required(by === 'phone' ? t('party.phone') : t('party.identity'))]}
        >
          <Input autoFocus maxLength={40} autoComplete="off" />
        </Form.Item>
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </Form>
      <div role="status">
        {found?.length === 0 && <p>{t('lookup.nobody')}</p>}
        {found && found.length > 0 && (
          <ul className="ow-lines">
            {found.map((party) => (
              <li key={party.id}>
                <Anchor href={`/parties/${party.id}`}>{party.name}</Anchor>
                <RolePill role={party.kind} />
                <span className="muted">{party.no}</span>
                <Disclosed of={party.identity_number} />
                <Phones of={party.phones} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </Drawer>
  );
}
