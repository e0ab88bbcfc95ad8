import { Dropdown, type MenuProps } from 'antd';
import type { Opened } from './Opening';

export interface MenuOf extends Opened {
  items: NonNullable<MenuProps['items']>;
  selected?: string[];
}

/** The menu of a `MenuButton`. */
export default function Menu({ anchor, id, open, change, items, selected }: MenuOf) {
  return (
    <Dropdown
      open={open}
      onOpenChange={change}
      trigger={['click']}
      placement="bottomRight"
      menu={{ id, items, ...(selected && { selectedKeys: selected }) }}
    >
      {anchor}
    </Dropdown>
  );
}
