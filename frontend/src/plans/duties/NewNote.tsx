import { Form, Input } from 'antd';
import { api } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/plans';
import { FormDrawer, required } from '@/ui/form';
import { toast } from '@/ui/toast';
import type { Duty } from './duty';

interface Values {
  text: string;
  guidance?: string;
}

interface NewNoteProps {
  duty: Pick<Duty, 'id' | 'employee_name'>;
  /** The assignment of the person it is about. */
  assignment: string;
  close: () => void;
}

/** What a superior saw of how somebody does a duty, and what they advised. */
export default function NewNote({ duty, assignment, close }: NewNoteProps) {
  return (
    <FormDrawer<Values>
      open
      name={`plans.note.${duty.id}`}
      title={t('notes.new')}
      onClose={close}
      lead={<p className="muted">{t('notes.lead', { name: duty.employee_name ?? '—' })}</p>}
      onSubmit={async ({ text, guidance }, headers) => {
        await api.POST('/api/v1/supervision-notes', {
          body: {
            assignment_id: assignment,
            obligation_id: duty.id,
            text,
            guidance: guidance?.trim() || null,
          },
          headers,
        });
        toast(t('notes.saved'));
        reloadKind('supervision_note');
      }}
    >
      <Form.Item
        name="text"
        label={t('notes.text')}
        rules={[{ ...required(t('notes.text')), whitespace: true }]}
      >
        <Input.TextArea autoFocus rows={5} maxLength={4000} />
      </Form.Item>
      <Form.Item name="guidance" label={t('notes.guidance')}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}
