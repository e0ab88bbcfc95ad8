import { Form, Input } from 'antd';
import { api, ifMatch } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/org';
import { DateField, FormDrawer, required } from '@/ui/form';
import { today } from '@/ui/format';
import { etagOf, type PostCode } from './lookups';
import type { Squad } from './SquadsPage';
import { PostSelect } from './selects';

interface Values {
  name: string;
  post: PostCode;
  active_from: string;
  active_until: string | null;
}

/** Sets up a squad, or renames or ends one. */
export default function SquadForm(props: {
  squad: Squad | undefined;
  estate: string;
  close: () => void;
}) {
  const { squad, estate, close } = props;
  return (
    <FormDrawer<Values>
      open
      name={`org.squad.${squad?.id ?? 'new'}`}
      title={squad?.name ?? t('squad.new')}
      initial={
        squad
          ? { name: squad.name, active_until: squad.active_until ?? null }
          : { post: 'GUARD', active_from: today() }
      }
      onClose={close}
      onSubmit={async ({ name, post, active_from, active_until }, headers) => {
        if (squad) {
          await api.PATCH('/api/v1/squads/{id}', {
            params: { path: { id: squad.id } },
            body: { name, active_until },
            headers: ifMatch(etagOf(squad.version)),
          });
        } else {
          await api.POST('/api/v1/squads', {
            body: { estate_id: estate || null, name, post, active_from },
            headers,
          });
        }
        reloadKind('squad');
      }}
    >
      <Form.Item name="name" label={t('squad.name')} rules={[required(t('squad.name'))]}>
        <Input autoFocus maxLength={100} />
      </Form.Item>
      {squad ? (
        <Form.Item name="active_until" label={t('field.ends_from')} extra={t('field.ends_hint')}>
          <DateField />
        </Form.Item>
      ) : (
        <>
          <Form.Item name="post" label={t('squad.post')} rules={[required(t('squad.post'))]}>
            <PostSelect />
          </Form.Item>
          <Form.Item name="active_from" label={t('field.from')} rules={[required(t('field.from'))]}>
            <DateField />
          </Form.Item>
        </>
      )}
    </FormDrawer>
  );
}
