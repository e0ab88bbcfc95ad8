import { Form, Input } from 'antd';
import { api, ifMatch, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/owners';
import { etagOf } from '@/org/lookups';
import { FormDrawer } from '@/ui/form';
import { toast } from '@/ui/toast';

/** Notes where the papers lie now. */
export default function Relocate(props: { file: Schema<'HouseFileRecord'>; close: () => void }) {
  const { file, close } = props;
  return (
    <FormDrawer<Schema<'ChangeHouseFile'>>
      open
      name={`owners.file.${file.id}.location`}
      title={t('file.relocate')}
      initial={{ location: file.location }}
      onClose={close}
      onSubmit={async ({ location }) => {
        await api.PATCH('/api/v1/house-files/{id}', {
          params: { path: { id: file.id } },
          body: { location: location?.trim() ?? '' },
          headers: ifMatch(etagOf(file.version)),
        });
        toast(t('done.saved'));
        reloadKind('house_file');
      }}
    >
      <Form.Item name="location" label={t('file.location')} extra={t('file.location_hint')}>
        <Input autoFocus maxLength={200} />
      </Form.Item>
    </FormDrawer>
  );
}
