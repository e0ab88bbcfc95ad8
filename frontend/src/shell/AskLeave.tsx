import { Modal } from 'antd';
import { useState } from 'react';
import { t as queued } from '@/locales/queue';
import { t } from '@/locales/shell';

/** What signing out ends besides this session. */
export interface LeaveQuestion {
  /** Ends the sessions on all devices. */
  everywhere: boolean;
  /** How much of this person's work waits on the device to be sent. */
  waiting: number;
}

/** Asks before somebody signs out whose work waits to be sent, or who signs out everywhere. */
export default function AskLeave({
  everywhere,
  waiting,
  go,
  stay,
}: LeaveQuestion & { go: (everywhere: boolean) => Promise<void>; stay: () => void }) {
  const [going, setGoing] = useState(false);
  return (
    <Modal
      open
      title={
        waiting > 0
          ? queued('queue.logout_title', { n: waiting })
          : t('account.logout_everywhere_ask')
      }
      confirmLoading={going}
      onCancel={stay}
      onOk={async () => {
        setGoing(true);
        await go(everywhere);
        stay();
      }}
    >
      {waiting > 0 ? queued('queue.logout_text') : t('account.logout_everywhere_text')}
    </Modal>
  );
}
