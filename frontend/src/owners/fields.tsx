import { api, ok } from '@/api/client';
import { t } from '@/locales/owners';
import { Combo } from '@/ui/form/Combo';

interface FieldProps {
  value?: string | null;
  onChange?: (id: string | null) => void;
  id?: string;
  label?: string;
  autoFocus?: boolean;
  known?: string | null;
  estate?: string | null;
}

/** The file of a house, found by the door, by who lives there, or by its number. */
export function FileField({ estate, ...rest }: FieldProps) {
  return (
    <Combo
      placeholder={t('find.file')}
      {...rest}
      what={`house_file ${estate ?? ''}`}
      load={async (q, signal) => {
        const query = { q, limit: 10, ...(estate && { estate_id: estate }) };
        const found = await ok(api.GET('/api/v1/house-files', { params: { query }, signal }));
        return found.items.map((file) => ({
          value: file.id,
          label: `${file.house_no} · ${file.no}`,
          detail: t.code('file_state', file.state),
        }));
      }}
    />
  );
}

/** A complaint or suggestion, found by its number or text. */
export function CaseField({ estate, ...rest }: FieldProps) {
  return (
    <Combo
      placeholder={t('find.case')}
      {...rest}
      what={`case ${estate ?? ''}`}
      load={async (q, signal) => {
        const query = { q, limit: 10, ...(estate && { estate_id: estate }) };
        const found = await ok(api.GET('/api/v1/cases', { params: { query }, signal }));
        return found.items.map((one) => ({ value: one.id, label: one.no, detail: one.text }));
      }}
    />
  );
}
