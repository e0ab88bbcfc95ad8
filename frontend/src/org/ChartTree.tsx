import type { Schema } from '@/api/client';
import { lang } from '@/locales/lang';
import { t } from '@/locales/org';
import { Anchor } from '@/ui/Anchor';
import { listed } from '@/ui/format';
import { Pill } from '@/ui/text';
import { usePostTitle } from './lookups';

type Node = Schema<'ChartNode'>;

/** How many levels stand below. */
const height = (node: Node): number =>
  node.children.length === 0 ? 0 : 1 + Math.max(...node.children.map(height));

/** Names shown in a box before the rest is counted. */
const NAMES = 4;

/**
 * The reporting line as a tree of lists: managers side by side, what is at most two levels deep
 * below each other. On a phone one indented list.
 */
export function ChartTree({ chart, print }: { chart: Schema<'OrgChart'>; print?: boolean }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: wider than a phone, it is scrolled by keyboard too
    <div className={print ? 'org-chart print-chart' : 'org-chart'} tabIndex={0}>
      <ul className="org-across-row" aria-label={t('chart.title')}>
        {chart.tree.map((node) => (
          <Branch key={node.post} node={node} print={print ?? false} />
        ))}
      </ul>
    </div>
  );
}

function Branch({ node, print }: { node: Node; print: boolean }) {
  const deep = height(node);
  const stack = deep > 0 && deep <= 2;
  return (
    <li>
      <Card node={node} print={print} />
      {deep > 0 && (
        <ul
          className={
            stack ? `org-stack${node.children.length > 4 ? ' two' : ''}` : 'org-across-row'
          }
        >
          {node.children.map((child) => (
            <Branch key={child.post} node={child} print={print} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Card({ node, print }: { node: Node; print: boolean }) {
  const title = usePostTitle();
  const english = lang() === 'en';
  const shown = node.people.slice(0, NAMES);
  const more = node.people.length - shown.length;
  const covering = node.covered_by.map(title).filter(Boolean);
  return (
    <div className={node.vacant ? 'org-card vacant' : 'org-card'}>
      <b>{english ? node.title_en : node.title_zh}</b>
      {node.vacant ? (
        <span>
          <Pill tone="warn">{t('chart.vacant')}</Pill>
          {covering.length > 0 && (
            <span className="muted"> {t('chart.covered', { posts: listed(covering) })}</span>
          )}
        </span>
      ) : (
        <span className="org-people">
          {shown.map((one) => (
            <span key={one.assignment_id}>
              {print ? (
                one.name
              ) : (
                <Anchor href={`/org/employees/${one.employee_id}`}>{one.name}</Anchor>
              )}
              {one.stand_in && (
                <Pill tone="accent">{t('chart.stand_in', { name: one.stand_in })}</Pill>
              )}
            </span>
          ))}
          {more > 0 && <span className="muted">{t('chart.more', { n: node.people.length })}</span>}
        </span>
      )}
    </div>
  );
}
