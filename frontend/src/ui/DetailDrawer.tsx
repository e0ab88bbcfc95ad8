import { Drawer, type DrawerProps } from 'antd';
import { useNarrow } from './hooks';

/** A record beside its list: the whole width of a phone, part of a desk's. */
export function DetailDrawer({ children, ...rest }: Omit<DrawerProps, 'size'>) {
  const narrow = useNarrow();
  return (
    <Drawer {...rest} size={narrow ? '100%' : 560}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without it a long text could not be scrolled by keyboard */}
      <div className="drawer-text" tabIndex={0}>
        {children}
      </div>
    </Drawer>
  );
}
