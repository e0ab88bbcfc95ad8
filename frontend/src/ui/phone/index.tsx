import { useRouter } from '@tanstack/react-router';
import {
  type ButtonHTMLAttributes,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { t } from '@/locales/phone';
import { Anchor } from '@/ui/Anchor';
import { Icon } from '@/ui/icons';
import { shrink } from '@/ui/image';
import { StateView } from '@/ui/StateView';
import './phone.css';

export { ErrorView, Skeleton, StateView } from '@/ui/StateView';

interface ScreenProps {
  title: string;
  /** Shows the way back: the address to go to when there is no history. */
  back?: string;
  /** Right side of the top bar. */
  extra?: ReactNode;
  /** The one next action, fixed above the tabs. */
  dock?: ReactNode;
  children: ReactNode;
}

/** A phone page: title bar, content, and the next action in reach of the thumb. */
export function Screen({ title, back, extra, dock, children }: ScreenProps) {
  const router = useRouter();
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <>
      <header className="m-top">
        {back && (
          <button
            type="button"
            className="m-icon"
            aria-label={t('back')}
            onClick={() =>
              router.history.canGoBack() ? router.history.back() : router.history.push(back)
            }
          >
            <Icon name="back" size={24} />
          </button>
        )}
        <h1>{title}</h1>
        {extra}
      </header>
      <main className="m-body" id="content">
        {children}
        {dock && <div className="m-dock-space" />}
      </main>
      {dock && <div className="m-dock">{dock}</div>}
    </>
  );
}

interface CardProps {
  title: ReactNode;
  meta?: ReactNode;
  to?: string;
  onClick?: () => void;
  tone?: 'late' | 'warn';
  children?: ReactNode;
}

/** One thing of a list; the whole card is the target. */
export function Card({ title, meta, to, onClick, tone, children }: CardProps) {
  const inner = (
    <>
      <h2>{title}</h2>
      {meta && <div className="m-meta">{meta}</div>}
      {children}
    </>
  );
  const className = tone ? `m-card m-${tone}` : 'm-card';
  if (to) {
    return (
      <Anchor href={to} className={className}>
        {inner}
      </Anchor>
    );
  }
  if (onClick) {
    return (
      <button type="button" className={className} onClick={onClick}>
        {inner}
      </button>
    );
  }
  return <div className={className}>{inner}</div>;
}

type BigButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  kind?: 'primary' | 'plain' | 'danger';
};

export function BigButton({ kind = 'plain', className = '', ...rest }: BigButtonProps) {
  return <button type="button" className={`m-btn m-btn-${kind} ${className}`} {...rest} />;
}

interface FieldProps {
  label: string;
  hint?: string;
  error?: string;
  children: (ids: { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string }) => ReactNode;
}

/** Label, control, hint or error, bound together for screen readers. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="m-field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        ...(error && { 'aria-invalid': true as const }),
        ...(note && { 'aria-describedby': `${id}-note` }),
      })}
      {note && (
        <p id={`${id}-note`} className={error ? 'field-error' : 'hint'}>
          {note}
        </p>
      )}
    </div>
  );
}

interface ChoicesProps<V extends string> {
  label: string;
  options: readonly { value: V; label: string }[];
  value: V | null;
  onChange: (value: V) => void;
}

/** One of a few, each a large target. */
export function Choices<V extends string>({ label, options, value, onChange }: ChoicesProps<V>) {
  const name = useId();
  return (
    <fieldset className="m-field">
      <legend>{label}</legend>
      <div className="m-choices">
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface PhotosProps {
  photos: readonly File[];
  onChange: (photos: File[]) => void;
  max?: number;
  /** What the photo is of, when not plain; the word on the camera. */
  label?: string;
}

/** Photos taken by the camera; large ones are made smaller before they wait to be sent. */
export function Photos({ photos, onChange, max = 6, label }: PhotosProps) {
  const urls = useMemo(() => photos.map((photo) => URL.createObjectURL(photo)), [photos]);
  useEffect(
    () => () => {
      for (const url of urls) URL.revokeObjectURL(url);
    },
    [urls],
  );
  return (
    <div className="m-photos">
      {urls.map((url, i) => (
        <div key={url}>
          <img src={url} alt={t('photo')} />
          <button
            type="button"
            aria-label={t('photo_remove', { n: i + 1 })}
            onClick={() => onChange(photos.filter((_, at) => at !== i))}
          >
            <Icon name="cross" />
          </button>
        </div>
      ))}
      {photos.length < max && (
        <label>
          <Icon name="camera" size={28} />
          {photos.length === 0 ? (label ?? t('photo')) : t('photo_retake')}
          <input
            type="file"
            accept="image/*"
            capture="environment"
            multiple
            onChange={async (event) => {
              const taken = [...(event.target.files ?? [])];
              event.target.value = '';
              onChange([...photos, ...(await Promise.all(taken.map(shrink)))].slice(0, max));
            }}
          />
        </label>
      )}
    </div>
  );
}

interface SheetProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A panel from below for a choice or a confirmation; Escape and a tap beside it close it. */
export function Sheet({ title, onClose, children }: SheetProps) {
  const panel = useRef<HTMLDivElement>(null);
  const before = useRef(document.activeElement);
  useEffect(() => {
    panel.current?.focus();
    const opener = before.current;
    return () => (opener as HTMLElement | null)?.focus?.();
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the backdrop only repeats Escape
    <div
      className="m-sheet-back"
      onClick={(event) => event.target === event.currentTarget && onClose()}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <div
        ref={panel}
        className="m-sheet"
        role="dialog"
        aria-modal="true"
        aria-label={title}
        tabIndex={-1}
      >
        <h2>{title}</h2>
        {children}
      </div>
    </div>
  );
}

/** Asks before something that cannot be undone: `const [ask, sheet] = useAsk()`. */
export function useAsk(): [
  (question: { title: string; text?: string; yes: string; no?: string }) => Promise<boolean>,
  ReactNode,
] {
  const [open, setOpen] = useState<{
    title: string;
    text?: string;
    yes: string;
    no?: string;
    answer: (yes: boolean) => void;
  } | null>(null);
  const finish = (yes: boolean) => {
    open?.answer(yes);
    setOpen(null);
  };
  const sheet = open && (
    <Sheet title={open.title} onClose={() => finish(false)}>
      {open.text && <p className="muted">{open.text}</p>}
      <BigButton kind="primary" onClick={() => finish(false)}>
        {open.no ?? t('cancel')}
      </BigButton>
      <BigButton kind="danger" onClick={() => finish(true)}>
        {open.yes}
      </BigButton>
    </Sheet>
  );
  return [(question) => new Promise((answer) => setOpen({ ...question, answer })), sheet];
}

/** Nothing to do, said kindly. */
export function Empty({ title, hint }: { title: string; hint?: string }) {
  return <StateView icon="check" title={title} hint={hint} />;
}
