import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMe } from '@/access/session';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/estate';
import { FormDrawer } from '@/ui/form';
import { toast } from '@/ui/toast';
import {
  type ChangedElements,
  changeElement,
  createElement,
  type ElementKind,
  type Elements,
  type NewElements,
  recordHref,
} from '../elements';
import { titleOf } from '../words';

export interface FormProps<K extends ElementKind> {
  /** The one that is changed; none: a new one. */
  element?: Elements[K];
  /** What a new one starts from: the block it lies in. */
  defaults?: Partial<NewElements[K]> & { estate_id?: string };
  close: () => void;
}

type Values = Record<string, unknown>;

interface DrawerProps<K extends ElementKind> extends FormProps<K> {
  kind: K;
  /** What the fields hold at first. */
  initial: Values;
  /** Sent with a new one, without a field of its own. */
  estate?: string;
  /** `extra` for fields that wait for the supervisor once the element is confirmed. */
  children: (waits: ReactNode) => ReactNode;
}

/** The form of an element: sends a draft or an edit, and says what holds and what waits. */
export function ElementDrawer<K extends ElementKind>(props: DrawerProps<K>) {
  const { kind, element, close } = props;
  const router = useRouter();
  const me = useMe();
  const confirmed = element?.state === 'active';
  const place = me.estates.length > 1 && me.estates.find((one) => one.id === props.estate)?.name;

  async function send(values: Values, headers: Record<string, string>) {
    if (element) {
      const body = touched(values, props.initial) as ChangedElements[K];
      const edited = await changeElement(kind, element, body);
      toast(edited.pending ? t('done.partly') : t('done.saved'));
      reloadKind(kind);
      if (edited.pending) reloadKind('structure_change');
    } else {
      const body = { ...(props.estate && { estate_id: props.estate }), ...filled(values) };
      const made = await createElement(kind, body as NewElements[K], headers);
      toast(t('done.drafted'));
      reloadKind(kind);
      reloadKind('structure_change');
      router.history.push(recordHref(kind, made.id));
    }
  }
  return (
    <FormDrawer<Values>
      open
      name={`estate.${kind}.${element?.id ?? defaultBlock(props) ?? 'new'}`}
      title={
        element
          ? t('form.change', { title: titleOf(kind, element) })
          : t('form.new', { kind: t.code('kind', kind) })
      }
      lead={
        <p className="muted">
          {place && `${place} · `}
          {element
            ? confirmed
              ? t('form.lead_confirmed')
              : t('form.lead_draft')
            : t('form.lead_new')}
        </p>
      }
      initial={props.initial}
      onClose={close}
      onSubmit={send}
    >
      {props.children(confirmed ? t('form.waits') : undefined)}
    </FormDrawer>
  );
}

/** A draft begun in one block is not offered in another. */
const defaultBlock = (props: { defaults?: object }) =>
  (props.defaults as { block_id?: string } | undefined)?.block_id;

const trimmed = (values: Values) =>
  Object.entries(values).map(([key, value]): [string, unknown] => [
    key,
    typeof value === 'string' ? value.trim() : value,
  ]);

/** Of a new element only what was filled in. */
const filled = (values: Values) =>
  Object.fromEntries(
    trimmed(values).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );

/** Of an edit what differs: an emptied field clears what stood there. */
const touched = (values: Values, before: Values) =>
  Object.fromEntries(
    trimmed(values)
      .map(([key, value]): [string, unknown] => [key, value ?? null])
      .filter(([key, value]) => value !== (before[key] ?? null)),
  );
