import { keepPreviousData, useQuery } from '@tanstack/react-query';
import {
  type KeyboardEvent,
  type ReactNode,
  useDeferredValue,
  useEffect,
  useId,
  useState,
} from 'react';
import type { Schema } from '@/api/client';
import { sayError } from '@/api/problem';
import { send } from '@/api/send';
import { t } from '@/locales/words';
import { DwellerNames } from './dwellers';
import './combo.css';

/** Something that can be chosen: a house, a person. */
export interface Choice {
  value: string;
  label: string;
  detail?: ReactNode;
}

interface ComboProps {
  /** What is looked up; part of the query's key. */
  what: string;
  load: (text: string, signal: AbortSignal) => Promise<Choice[]>;
  value?: string | null;
  onChange?: (value: string | null) => void;
  id?: string;
  placeholder?: string;
  label?: string;
  autoFocus?: boolean;
  /** Text of the value that is there already. */
  known?: string | null;
  /** Asks for the text of a value that was not chosen here: a record or a kept draft brings it. */
  name?: (value: string, signal: AbortSignal) => Promise<string>;
  /** Words to look up at once, e.g. what a resident wrote; taken when they mean one thing only. */
  guess?: string | null;
  /** What is typed, where a text that is no choice will do as well. */
  onText?: (text: string) => void;
  /** After a choice by Enter: the caret goes on to the next field. */
  onChosen?: () => void;
}

/** A field that finds while one types: ↑ ↓ choose, Enter takes, Escape closes. */
export function Combo(props: ComboProps) {
  const { what, load, value, onChange, onChosen } = props;
  const list = useId();
  const [text, setText] = useState(value ? '' : (props.guess ?? ''));
  const [guessing, setGuessing] = useState(text !== '');
  const [chosen, setChosen] = useState<Choice | null>(
    value && props.known ? { value, label: props.known } : null,
  );
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const asked = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ['combo', what, asked],
    queryFn: ({ signal }) => load(asked, signal),
    enabled: (open || guessing) && asked.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  const choices = asked ? (found.data ?? []) : [];
  const only = guessing && found.data?.length === 1 ? found.data[0] : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the guess has its answer
  useEffect(() => {
    if (!only) return;
    setGuessing(false);
    setChosen(only);
    onChange?.(only.value);
  }, [only]);
  // Enter pressed while the answer is still on its way counts when it is there and means one thing only.
  const [hasty, setHasty] = useState(false);
  const settled = asked === text.trim() && found.isSuccess && !found.isPlaceholderData;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the answer is there
  useEffect(() => {
    if (!hasty || !settled) return;
    setHasty(false);
    if (choices.length === 1) take(choices[0]);
  }, [hasty, settled]);
  const here = value && chosen?.value === value ? chosen.label : null;
  const named = useQuery({
    queryKey: ['combo', what, 'name', value],
    queryFn: ({ signal }) => props.name?.(value ?? '', signal) ?? '',
    enabled: Boolean(value && here === null && props.name),
    staleTime: 30_000,
  });
  const shown = value ? (here ?? named.data ?? text) : text;

  function take(choice: Choice | undefined) {
    if (!choice) return;
    setChosen(choice);
    setText(choice.label);
    setOpen(false);
    onChange?.(choice.value);
    onChosen?.();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((now) => Math.max(0, Math.min(choices.length - 1, now + step)));
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault(); // nothing is sent with a house half found
      if (open && choices.length > 0 && settled) take(choices[at] ?? choices[0]);
      else if (value || !text.trim()) onChosen?.();
      else setHasty(true);
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation();
      setOpen(false);
    }
  }

  return (
    <div className="combo">
      <input
        id={props.id}
        className="input"
        role="combobox"
        aria-label={props.label}
        aria-expanded={open && choices.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={open && choices[at] ? `${list}-${at}` : undefined}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: the caret stands in the intake box
        autoFocus={props.autoFocus}
        placeholder={props.placeholder}
        value={shown}
        onChange={(event) => {
          setText(event.target.value);
          props.onText?.(event.target.value);
          setGuessing(false);
          setHasty(false);
          setAt(0);
          setOpen(true);
          if (value) onChange?.(null);
        }}
        onFocus={() => setOpen(!value)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {open && asked && (
        <div id={list} role="listbox" className="combo-list" tabIndex={-1}>
          {choices.map((choice, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
            <div
              key={choice.value}
              id={`${list}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(choice)}
            >
              <b>{choice.label}</b>{' '}
              {choice.detail && <span className="muted">{choice.detail}</span>}
            </div>
          ))}
          {choices.length === 0 && (
            <p className="muted">
              {found.isError
                ? sayError(found.error)
                : found.isFetching
                  ? t('find.looking')
                  : t('find.nothing')}
            </p>
          )}
        </div>
      )}
    </div>
  );
}

type Field = Omit<ComboProps, 'what' | 'load'> & { estate?: string | null };

/** A house, found by `3-2-501`, by who lives there, or by the end of a phone. */
export function HouseField({ estate, ...rest }: Field) {
  return (
    <Combo
      placeholder={t('find.house')}
      {...rest}
      what={`house ${estate ?? ''}`}
      load={(q, signal) =>
        find<{ id: string; no: string }>('houses', q, estate, signal, (house) => ({
          value: house.id,
          label: house.no,
          detail: <DwellerNames house={house.id} />,
        }))
      }
      name={async (id, signal) => (await one<{ no: string }>('houses', id, signal)).no}
    />
  );
}

type Person = Pick<Schema<'PartyLine'>, 'id' | 'name' | 'no' | 'homes'>;

/** An owner or resident. */
export function PartyField({ estate, ...rest }: Field) {
  return (
    <Combo
      placeholder={t('find.party')}
      {...rest}
      what={`party ${estate ?? ''}`}
      load={(q, signal) =>
        find<Person>('parties', q, estate, signal, (party) => ({
          value: party.id,
          label: party.name,
          // Namesakes are told apart by where they live.
          detail: [...party.homes.map((home) => home.house_no), party.no].join(' · '),
        }))
      }
      name={async (id, signal) => (await one<{ name: string }>('parties', id, signal)).name}
    />
  );
}

/** A colleague, found by name, its initials or number. */
export function PersonField({ estate: _, ...rest }: Field) {
  return (
    <Combo
      placeholder={t('find.person')}
      {...rest}
      what="employee"
      load={(q, signal) =>
        find<{ id: string; name: string; no?: string }>('employees', q, null, signal, (person) => ({
          value: person.id,
          label: person.name,
          detail: person.no,
        }))
      }
      name={async (id, signal) => (await one<{ name: string }>('employees', id, signal)).name}
    />
  );
}

type List = 'houses' | 'parties' | 'employees';

async function one<Row>(list: List, id: string, signal: AbortSignal): Promise<Row> {
  const url = new URL(`/api/v1/${list}/${id}`, location.origin);
  return (await send(new Request(url, { signal }))).json();
}

async function find<Row>(
  list: List,
  q: string,
  estate: string | null | undefined,
  signal: AbortSignal,
  choice: (row: Row) => Choice,
): Promise<Choice[]> {
  const query = new URLSearchParams({ q, limit: '8', ...(estate && { estate_id: estate }) });
  const url = new URL(`/api/v1/${list}?${query}`, location.origin);
  const answer = await (await send(new Request(url, { signal }))).json();
  return ((answer as { items: Row[] }).items ?? []).map(choice);
}
