import { FullscreenExitOutlined, FullscreenOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type RefObject, useEffect, useState } from 'react';
import { t } from '@/locales/ui';

/** Whether a part of the page fills the screen, as for a projector. */
export function useFullscreen(): boolean {
  const [full, setFull] = useState(false);
  useEffect(() => {
    const follow = () => setFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', follow);
    return () => document.removeEventListener('fullscreenchange', follow);
  }, []);
  return full;
}

interface FullscreenButtonProps {
  /** What is to fill the screen. */
  of: RefObject<HTMLElement | null>;
  full: boolean;
}

/** Puts a part of the page on the projector and takes it off; nothing where the browser cannot. */
export function FullscreenButton({ of, full }: FullscreenButtonProps) {
  if (!document.fullscreenEnabled) return null;
  return (
    <Button
      icon={full ? <FullscreenExitOutlined /> : <FullscreenOutlined />}
      onClick={() => (full ? document.exitFullscreen() : of.current?.requestFullscreen())}
    >
      {t(full ? 'full.end' : 'full.begin')}
    </Button>
  );
}
