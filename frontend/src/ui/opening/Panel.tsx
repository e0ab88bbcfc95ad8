import { Popover } from 'antd';
import type { ReactNode } from 'react';
import type { Opened } from './Opening';

export interface PanelOf extends Opened {
  side: 'left' | 'right';
  children: ReactNode;
}

/** The panel of a `PanelButton`; what is in it begins anew each time. */
export default function Panel({ anchor, id, open, change, side, children }: PanelOf) {
  return (
    <Popover
      open={open}
      onOpenChange={change}
      trigger="click"
      placement={side === 'left' ? 'bottomLeft' : 'bottomRight'}
      destroyOnHidden
      content={<div id={id}>{children}</div>}
    >
      {anchor}
    </Popover>
  );
}
