import { Button } from 'antd';
import { useCan } from '@/access/can';
import { t as manual } from '@/locales/manual';
import { t } from '@/locales/plans';
import { usePostTitle } from '@/org/lookups';
import { DetailDrawer } from '@/ui/DetailDrawer';
import { listed } from '@/ui/format';
import { Facts } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { Days, Pill } from '@/ui/text';
import { Clauses } from './Clauses';
import { useVersions } from './data';
import { countsOf, type Rule } from './due';
import { RulePills } from './RulePills';
import { said } from './words';

interface RuleDrawerProps {
  rule: Rule;
  close: () => void;
  change: () => void;
}

/** A rule beside the list: whose, when, what proves it, and how it was before. */
export default function RuleDrawer({ rule, close, change }: RuleDrawerProps) {
  const can = useCan();
  const title = usePostTitle();
  return (
    <DetailDrawer
      open
      title={said(rule.name)}
      onClose={close}
      footer={
        can('duty.rule_edit') && (
          <div className="form-foot detail-foot">
            <Button type="primary" onClick={change}>
              {t('change.do')}
            </Button>
          </div>
        )
      }
    >
      <p>
        <RulePills rule={rule} />
      </p>
      {!rule.has_records && <p className="notice notice-warn">{t('rules.waits_hint')}</p>}
      <Facts
        facts={[
          { label: t('posts'), value: listed(rule.posts.map(title)) },
          { label: t('shared'), value: t.code('shared', rule.shared) },
          { label: t('cadence'), value: t.code('cadence', rule.cadence) },
          { label: t('due'), value: said(rule.timing) },
          { label: t('to'), value: receiversOf(rule, title) },
          { label: t('evidence_kind'), value: t.code('evidence', rule.evidence) },
          { label: t('minimum'), value: minimumText(rule, title) },
          { label: t('capability'), value: manual.code('capability', rule.capability) },
          { label: t('basis'), value: t.code('basis', rule.basis) },
          { label: t('clauses'), value: <Clauses ids={rule.clauses} /> },
        ]}
      />
      <Versions code={rule.code} title={title} />
    </DetailDrawer>
  );
}

type Title = (code: string) => string;

const receiversOf = ({ to }: Rule, title: Title) =>
  to === 'line' ? t('line') : listed(to.posts.map(title));

/** One number where all posts need as much, else each post with its own. */
function minimumText(rule: Rule, title: Title): string {
  const counts = Object.entries(countsOf(rule));
  const [first] = counts;
  if (first && counts.every(([, n]) => n === first[1])) return String(first[1]);
  return listed(counts.map(([post, n]) => t('minimum_of', { post: title(post), n })));
}

/** From when to when the rule was how, the newest first. */
function Versions({ code, title }: { code: string; title: Title }) {
  const versions = useVersions(code);
  return (
    <section>
      <h3>{t('versions.title')}</h3>
      {versions.isPending && <Skeleton lines={3} />}
      {versions.isError && <ErrorView error={versions.error} retry={() => versions.refetch()} />}
      <ol className="duty-list">
        {versions.data?.map((version) => (
          <li key={version.id}>
            <Days from={version.valid_from} until={version.valid_until} />{' '}
            <Pill tone={version.active ? 'ok' : 'plain'}>
              {t(version.active ? 'rules.in_force' : 'rules.off')}
            </Pill>
            <div>{said(version.timing)}</div>
            <div className="muted">
              {t('minimum')} {minimumText(version, title)}
            </div>
            {version.reason && (
              <div className="muted">{t('versions.reason', { text: version.reason })}</div>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
