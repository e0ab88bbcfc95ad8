import { DatePicker, InputNumber } from 'antd';
import dayjs from 'dayjs';
import { t } from '@/locales/ui';
import { dateOf, instantAt, timeOfDay } from '../format';

interface FieldProps<V> {
  value?: V | null;
  onChange?: (value: V | null) => void;
  id?: string;
  disabled?: boolean;
}

/** A business date as `YYYY-MM-DD`. */
export function DateField({
  value,
  onChange,
  ...rest
}: FieldProps<string> & { min?: string; max?: string }) {
  const { min, max, ...own } = rest;
  return (
    <DatePicker
      {...own}
      style={{ width: '100%' }}
      placeholder={t('form.choose_date')}
      value={value ? dayjs(value) : null}
      minDate={min ? dayjs(min) : undefined}
      maxDate={max ? dayjs(max) : undefined}
      onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : null)}
    />
  );
}

/** An instant (RFC 3339) entered as date and time on the estate's clock (UTC+8, no summer time). */
export function DateTimeField({ value, onChange, ...own }: FieldProps<string>) {
  return (
    <DatePicker
      {...own}
      showTime={{ format: 'HH:mm', minuteStep: 5 }}
      format="YYYY-MM-DD HH:mm"
      style={{ width: '100%' }}
      placeholder={t('form.choose_date')}
      value={value ? dayjs(`${dateOf(value)}T${timeOfDay(value)}:00`) : null}
      onChange={(at) =>
        onChange?.(
          at
            ? new Date(instantAt(at.format('YYYY-MM-DD'), at.format('HH:mm'))).toISOString()
            : null,
        )
      }
    />
  );
}

/** An amount typed in yuan, held in fen. */
export function MoneyField({ value, onChange, ...own }: FieldProps<number>) {
  return (
    <InputNumber<number>
      {...own}
      style={{ width: '100%' }}
      prefix="¥"
      precision={2}
      min={0}
      controls={false}
      value={value === null || value === undefined ? null : value / 100}
      onChange={(yuan) => onChange?.(yuan === null ? null : Math.round(yuan * 100))}
    />
  );
}

/** A measure typed with up to three decimals, held in thousandths. */
export function MeasureField({
  value,
  onChange,
  unit,
  ...own
}: FieldProps<number> & { unit: string }) {
  return (
    <InputNumber<number>
      {...own}
      style={{ width: '100%' }}
      suffix={unit}
      min={0.001}
      controls={false}
      value={value === null || value === undefined ? null : value / 1000}
      onChange={(whole) => onChange?.(whole === null ? null : Math.round(whole * 1000))}
    />
  );
}
