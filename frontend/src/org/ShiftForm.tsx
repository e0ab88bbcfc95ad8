import { Form, Input, Radio, Switch } from 'antd';
import { api, ifMatch } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/org';
import { FormDrawer, required } from '@/ui/form';
import { etagOf } from './lookups';
import type { Shift } from './RosterPage';
import { clock } from './week';

interface Values {
  code: string;
  name: string;
  starts: string;
  ends: string;
  kind: 'duty' | 'on_call';
  active: boolean;
}

const minutes = (time: string) => {
  const [hour = '0', minute = '0'] = time.split(':');
  return Number(hour) * 60 + Number(minute);
};

/** Sets up or changes a kind of shift; what is already on the roster keeps its hours. */
export default function ShiftForm(props: {
  shift: Shift | undefined;
  estate: string;
  close: () => void;
}) {
  const { shift, estate, close } = props;
  return (
    <FormDrawer<Values>
      open
      name={`org.shift.${shift?.id ?? 'new'}`}
      title={shift ? `${t('shift.change')} · ${shift.name}` : t('shift.new')}
      initial={
        shift
          ? {
              name: shift.name,
              starts: clock(shift.starts_minute),
              ends: clock(shift.ends_minute),
              active: shift.active,
            }
          : { starts: '08:00', ends: '16:00', kind: 'duty' }
      }
      onClose={close}
      onSubmit={async (values, headers) => {
        const hours = { starts_minute: minutes(values.starts), ends_minute: minutes(values.ends) };
        if (shift) {
          await api.PATCH('/api/v1/shifts/{id}', {
            params: { path: { id: shift.id } },
            body: { name: values.name, active: values.active, ...hours },
            headers: ifMatch(etagOf(shift.version)),
          });
        } else {
          const { code, name, kind } = values;
          await api.POST('/api/v1/shifts', {
            body: { estate_id: estate || null, code, name, kind, ...hours },
            headers,
          });
        }
        reloadKind('shift');
      }}
    >
      <Form.Item name="name" label={t('shift.name')} rules={[required(t('shift.name'))]}>
        <Input autoFocus maxLength={100} />
      </Form.Item>
      {!shift && (
        <Form.Item
          name="code"
          label={t('shift.code')}
          extra={t('shift.code_hint')}
          rules={[required(t('shift.code'))]}
        >
          <Input maxLength={40} />
        </Form.Item>
      )}
      <Form.Item name="starts" label={t('shift.starts')} rules={[required(t('shift.starts'))]}>
        <Input type="time" />
      </Form.Item>
      <Form.Item
        name="ends"
        label={t('shift.ends')}
        extra={t('shift.ends_hint')}
        rules={[required(t('shift.ends'))]}
      >
        <Input type="time" />
      </Form.Item>
      {shift ? (
        <Form.Item name="active" label={t('shift.active')} valuePropName="checked">
          <Switch />
        </Form.Item>
      ) : (
        <Form.Item name="kind" label={t('shift.kind')}>
          <Radio.Group
            options={['duty', 'on_call'].map((value) => ({
              value,
              label: t.code('shift.kind', value),
            }))}
          />
        </Form.Item>
      )}
    </FormDrawer>
  );
}
