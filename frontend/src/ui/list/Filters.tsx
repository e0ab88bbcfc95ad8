import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { t } from '@/locales/ui';
import { addDays, dateOf, formatDate, instantAt, listed } from '../format';
import { PanelButton } from '../opening/PanelButton';
import type { ListSearch } from './search';
import type { ListFilter } from './types';

interface FiltersProps {
  filters: readonly ListFilter[];
  search: ListSearch;
  change: (some: ListSearch) => void;
}

/** The conditions as chips: one look tells which are on and what they say. */
export function Filters({ filters, search, change }: FiltersProps) {
  return filters.map((filter) => (
    <Chip key={filter.key} filter={filter} search={search} change={change} />
  ));
}

type ChipProps = Omit<FiltersProps, 'filters'> & { filter: ListFilter };

function Chip({ filter, search, change }: ChipProps) {
  const words = said(filter, search);
  const on = words !== null;
  const clear = () =>
    change(
      filter.kind === 'dates'
        ? { [filter.from]: undefined, [filter.until]: undefined }
        : { [filter.key]: undefined },
    );
  const look = { type: 'button', className: on ? 'chip on' : 'chip' } as const;
  const label = (
    <>
      {!on && <PlusOutlined />}
      {filter.label}
      {words && <b>{words}</b>}
    </>
  );
  return (
    <span className="chip-wrap">
      {filter.kind === 'flag' ? (
        <button
          {...look}
          aria-pressed={on}
          onClick={() => change({ [filter.key]: on ? undefined : 'true' })}
        >
          {label}
        </button>
      ) : (
        <PanelButton
          side="left"
          button={(opener) => (
            <button {...look} {...opener}>
              {label}
            </button>
          )}
        >
          {(close) => <Choice filter={filter} search={search} change={change} close={close} />}
        </PanelButton>
      )}
      {on && (
        <button
          type="button"
          className="chip-clear"
          aria-label={`${t('list.clear')}: ${filter.label}`}
          onClick={clear}
        >
          <CloseOutlined />
        </button>
      )}
    </span>
  );
}

function Choice({ filter, search, change, close }: ChipProps & { close: () => void }) {
  const [text, setText] = useState(search[filter.key] ?? '');
  if (filter.kind === 'dates') {
    return (
      <div className="chip-dates">
        <label>
          {t('list.from')}
          <input
            type="date"
            value={firstDay(filter, search)}
            onChange={({ target: { value } }) =>
              change({ [filter.from]: value && instantAt(value) })
            }
          />
        </label>
        <label>
          {t('list.to')}
          <input
            type="date"
            value={lastDay(filter, search)}
            onChange={({ target: { value } }) =>
              change({ [filter.until]: value && instantAt(addDays(value, 1)) })
            }
          />
        </label>
      </div>
    );
  }
  if (filter.kind === 'date') {
    return (
      <div className="chip-dates">
        <label>
          {filter.label}
          <input
            type="date"
            value={search[filter.key] ?? ''}
            onChange={(event) => change({ [filter.key]: event.target.value })}
          />
        </label>
      </div>
    );
  }
  if (filter.kind === 'record') {
    return (
      <div className="chip-record">
        <filter.Field
          autoFocus
          label={filter.label}
          onChange={(id) => {
            if (!id) return;
            change({ [filter.key]: id });
            close();
          }}
        />
      </div>
    );
  }
  if (filter.kind === 'choice') {
    const now = (search[filter.key] ?? '').split(',').filter(Boolean);
    return (
      <div className="chip-options">
        {filter.options.map((option) => {
          const on = now.includes(option.value);
          return (
            <button
              key={option.value}
              type="button"
              aria-pressed={on}
              className={on ? 'on' : undefined}
              onClick={() => {
                const rest = now.filter((value) => value !== option.value);
                const next = on ? rest : filter.multiple ? [...now, option.value] : [option.value];
                change({ [filter.key]: next.join(',') });
                if (!filter.multiple) close();
              }}
            >
              {option.label}
              {on && ' ✓'}
            </button>
          );
        })}
      </div>
    );
  }
  return (
    <form
      className="chip-dates"
      onSubmit={(event) => {
        event.preventDefault();
        change({ [filter.key]: text });
        close();
      }}
    >
      <Input
        autoFocus
        aria-label={filter.label}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button htmlType="submit">{t('form.confirm')}</Button>
    </form>
  );
}

type Days = Extract<ListFilter, { kind: 'dates' }>;

const firstDay = ({ from }: Days, search: ListSearch) => {
  const at = search[from];
  return at ? dateOf(at) : '';
};
/** The day before the range is over. */
const lastDay = ({ until }: Days, search: ListSearch) => {
  const at = search[until];
  return at ? dateOf(Date.parse(at) - 1) : '';
};

/** What a filter says at present; null when it is off, '' when on without a value. */
function said(filter: ListFilter, search: ListSearch): ReactNode {
  if (filter.kind === 'dates') {
    const from = firstDay(filter, search);
    const to = lastDay(filter, search);
    return from || to ? `${formatDate(from)} – ${formatDate(to)}` : null;
  }
  const value = search[filter.key];
  if (!value) return null;
  if (filter.kind === 'flag') return '';
  if (filter.kind === 'text') return value;
  if (filter.kind === 'date') return formatDate(value);
  if (filter.kind === 'record') return <filter.Name id={value} />;
  return listed(
    value
      .split(',')
      .map((one) => filter.options.find((option) => option.value === one)?.label ?? one),
  );
}
