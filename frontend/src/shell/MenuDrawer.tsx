import { Drawer } from 'antd';
import { t as b } from '@/locales/base';
import { SideMenu } from './SideMenu';

/** The menu of the back office where it has no room beside the page. */
export default function MenuDrawer({ open, close }: { open: boolean; close: () => void }) {
  return (
    <Drawer
      open={open}
      placement="left"
      size={280}
      title={b('product')}
      onClose={close}
      styles={{ body: { padding: 8 } }}
    >
      <SideMenu folded={false} />
    </Drawer>
  );
}
