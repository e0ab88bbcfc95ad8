import { Modal } from 'antd';
import { t } from '@/locales/shell';
import { shortcutStore } from '@/ui/shortcuts';
import { useStore } from '@/ui/store';

/** The keys of the present screen, then those that hold everywhere. */
export default function ShortcutsOverlay({ close }: { close: () => void }) {
  const registered = useStore(shortcutStore);
  const fixed = [
    { keys: '↑ ↓', label: t('shortcuts.list_move') },
    { keys: 'Enter', label: t('shortcuts.list_open') },
    { keys: 'Ctrl+Enter', label: t('shortcuts.form_send') },
    { keys: 'Esc', label: t('shortcuts.close') },
  ];
  const all = [...registered, ...fixed].filter(
    (one, i, list) => list.findIndex((other) => other.keys === one.keys) === i,
  );
  return (
    <Modal open title={t('shortcuts.title')} footer={null} onCancel={close} width={460}>
      <dl className="shortcuts">
        {all.map((one) => (
          <div key={one.keys}>
            <dt>
              {one.keys.split('+').map((key) => (
                <kbd key={key}>{key.length === 1 ? key.toUpperCase() : key}</kbd>
              ))}
            </dt>
            <dd>{one.label}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
