import { ArrowLeftOutlined, MoreOutlined } from '@ant-design/icons';
import { useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { t as shell } from '@/locales/base';
import { t } from '@/locales/ui';
import { Anchor } from '../Anchor';
import { useNarrow } from '../hooks';
import { MenuButton } from '../opening/MenuButton';
import { silent } from '../silent';
import { StateSteps, type Step } from './StateSteps';
import './record.css';

export interface Fact {
  label: string;
  value: ReactNode;
}

export interface RecordAction {
  key: string;
  label: string;
  onClick: () => void;
  icon?: ReactNode;
  danger?: boolean;
  busy?: boolean;
  /** Why it cannot be done now; the button is then shown, but not usable. */
  disabled?: string;
}

/** A neighbour in the chain report → order → visit → goal. */
export interface ChainLink {
  key: string;
  label: string;
  title: ReactNode;
  href?: string;
  state?: ReactNode;
  current?: boolean;
}

export interface SidePanel {
  key: string;
  label: string;
  content: ReactNode;
}

interface RecordPageProps {
  /** The kind and number, small above the title: `报修单 R-2026-0012`. */
  eyebrow: ReactNode;
  title: string;
  /** State word beside the title. */
  state?: ReactNode;
  /** Who, what, where, deadline. */
  facts: readonly Fact[];
  steps?: readonly Step[];
  /** What it is about, before the way so far. */
  lead?: ReactNode;
  /** The one next action, large; `hint` says what it leads to. */
  next?: RecordAction & { hint?: ReactNode };
  others?: readonly RecordAction[];
  chain?: readonly ChainLink[];
  /** History, files, clauses: beside the content, below it on narrow screens. */
  side?: readonly SidePanel[];
  /** Where "back" leads without a history. */
  backTo: string;
  children?: ReactNode;
}

/** One record: everything about who, what, where and by when, and what to do now. */
export function RecordPage(props: RecordPageProps) {
  const { title, facts, next, others = [], chain = [], side = [] } = props;
  const router = useRouter();
  const narrow = useNarrow();
  useEffect(() => {
    document.title = `${title} · ${shell('product')}`;
  }, [title]);
  // On a phone the next step takes the room; where there is none, what is left stands open.
  const crowded = narrow && (next || others.length > 2);
  const inRow = crowded ? [] : others.filter((one) => !one.danger).slice(0, 3);
  const inMenu = others.filter((one) => !inRow.includes(one));

  const actions = (
    <div className="record-actions">
      {inRow.map((one) => (
        <ActionButton key={one.key} action={one} />
      ))}
      {inMenu.length > 0 && (
        <MenuButton
          aria-label={t('record.others')}
          icon={<MoreOutlined />}
          items={inMenu.map((one) => ({
            key: one.key,
            label: one.label,
            icon: silent(one.icon),
            danger: Boolean(one.danger),
            disabled: Boolean(one.disabled),
            title: one.disabled ?? '',
            onClick: one.onClick,
          }))}
        />
      )}
      {next && <ActionButton action={next} main />}
    </div>
  );

  return (
    <article className="record">
      <header className="record-head">
        <div className="record-title">
          <Button
            type="text"
            aria-label={t('record.back')}
            icon={<ArrowLeftOutlined />}
            onClick={() =>
              router.history.canGoBack() ? router.history.back() : router.history.push(props.backTo)
            }
          />
          <div>
            <div className="record-eyebrow">{props.eyebrow}</div>
            <h1>
              {title} {props.state}
            </h1>
          </div>
          {!narrow && actions}
        </div>
        <dl className="record-facts">
          {facts.map((fact) => (
            <div key={fact.label}>
              <dt>{fact.label}</dt>
              <dd>{fact.value}</dd>
            </div>
          ))}
        </dl>
        {next?.hint && <p className="record-hint">{next.hint}</p>}
      </header>
      {chain.length > 0 && (
        <nav className="record-chain" aria-label={t('record.chain')}>
          <ol>
            {chain.map((link) => (
              <li key={link.key}>
                {link.href && !link.current ? (
                  <Anchor href={link.href}>
                    <small>{link.label}</small>
                    {link.title}
                  </Anchor>
                ) : (
                  <span aria-current={link.current ? 'true' : undefined}>
                    <small>{link.label}</small>
                    {link.title}
                  </span>
                )}
                {link.state}
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className="record-body">
        <div className="record-main">
          {props.lead}
          {props.steps && (
            <Section title={t('record.steps')}>
              <StateSteps steps={props.steps} />
            </Section>
          )}
          {props.children}
        </div>
        {side.length > 0 && (
          <aside className="record-side">
            {side.map((panel) => (
              <Section key={panel.key} title={panel.label}>
                {panel.content}
              </Section>
            ))}
          </aside>
        )}
      </div>
      {narrow && (next || others.length > 0) && <div className="record-dock">{actions}</div>}
    </article>
  );
}

function ActionButton({ action, main }: { action: RecordAction; main?: boolean }) {
  return (
    <Button
      type={main ? 'primary' : 'default'}
      size={main ? 'large' : 'middle'}
      className={main ? 'record-next' : undefined}
      icon={silent(action.icon)}
      danger={action.danger}
      loading={action.busy}
      disabled={Boolean(action.disabled)}
      title={action.disabled}
      onClick={action.onClick}
    >
      {action.label}
    </Button>
  );
}

/** A titled part of a record page. */
export function Section(props: { title: string; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className="record-section">
      <h2>
        {props.title}
        {props.extra && <span className="record-section-extra">{props.extra}</span>}
      </h2>
      {props.children}
    </section>
  );
}

/** Label and value pairs inside a section. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
