import { Button, type ButtonProps } from 'antd';
import { lazy } from 'react';
import type { MenuOf } from './Menu';
import { Opening } from './Opening';

const load = () => import('./Menu');
const Menu = lazy(load);

type MenuButtonProps = Pick<MenuOf, 'items' | 'selected'> & Omit<ButtonProps, 'onClick'>;

/** A button that opens a menu. */
export function MenuButton({ items, selected, ...button }: MenuButtonProps) {
  return (
    <Opening
      kind="menu"
      reach={load}
      button={(opener) => <Button {...button} {...opener} />}
      panel={(opened) => <Menu {...opened} items={items} {...(selected && { selected })} />}
    />
  );
}
