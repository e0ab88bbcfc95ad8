import { Form, Input, InputNumber, Radio, Select } from 'antd';
import { api } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/plans';
import { usePostOptions, usePostTitle } from '@/org/lookups';
import { DetailDrawer } from '@/ui/DetailDrawer';
import { DateField, FormDrawer, required } from '@/ui/form';
import { addDays, today } from '@/ui/format';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { toast } from '@/ui/toast';
import { useRules, useVersions } from './data';
import {
  type ChangeValues,
  changesOf,
  countsOf,
  type DueKind,
  type DueValues,
  FIELDS,
  type Field,
  kindsOf,
  limitsOf,
  movesDue,
  type Rule,
} from './due';
import { said } from './words';
import './duties.css';

/** A rule as it is to be from a day on; starts from its newest version. */
export default function ChangeRule({ code, close }: { code: string; close: () => void }) {
  const versions = useVersions(code);
  const newest = versions.data?.[0];
  if (newest) return <Change rule={newest} close={close} />;
  return (
    <DetailDrawer open title={t('change.do')} onClose={close}>
      {versions.isError ? (
        <ErrorView error={versions.error} retry={() => versions.refetch()} />
      ) : (
        <Skeleton lines={6} />
      )}
    </DetailDrawer>
  );
}

function Change({ rule, close }: { rule: Rule; close: () => void }) {
  const [, earliest] = [addDays(today(), 1), addDays(rule.valid_from, 1)].sort();
  return (
    <FormDrawer<ChangeValues>
      open
      name={`plans.rule.${rule.code}.${rule.version}`}
      title={t('change.title', { name: said(rule.name) })}
      initial={{
        active: rule.active,
        posts: rule.posts,
        due: rule.due as DueValues,
        minimum: countsOf(rule),
      }}
      onClose={close}
      lead={<p className="muted">{t('change.lead')}</p>}
      onSubmit={async (values, headers) => {
        const { valid_from, reason } = values;
        await api.POST('/api/v1/obligation-rules/{code}/versions', {
          params: { path: { code: rule.code } },
          body: { valid_from, reason, ...changesOf(rule, values) },
          headers,
        });
        toast(t('change.saved'));
        reloadKind('obligation_rule');
      }}
    >
      {(form) => (
        <>
          <Form.Item
            name="valid_from"
            label={t('change.valid_from')}
            rules={[required(t('change.valid_from'))]}
          >
            <DateField min={earliest} />
          </Form.Item>
          <Form.Item name="active" label={t('change.active')} rules={[{ required: true }]}>
            <Radio.Group
              options={[
                { value: true, label: t('rules.in_force') },
                { value: false, label: t('rules.off') },
              ]}
            />
          </Form.Item>
          <PostFields rule={rule} />
          <DueFields rule={rule} />
          <Form.Item
            name="reason"
            label={t('change.reason')}
            rules={[
              { ...required(t('change.reason')), whitespace: true },
              {
                validator: async () => {
                  const changes = changesOf(rule, form.getFieldsValue(true));
                  if (Object.keys(changes).length === 0) throw new Error(t('change.nothing'));
                },
              },
            ]}
          >
            <Input.TextArea rows={3} maxLength={500} />
          </Form.Item>
        </>
      )}
    </FormDrawer>
  );
}

/** Whose duty it is, and how many pieces of evidence each of them needs. */
function PostFields({ rule }: { rule: Rule }) {
  const title = usePostTitle();
  const options = usePostOptions();
  const posts = Form.useWatch<Rule['posts'] | undefined>('posts', { preserve: true }) ?? rule.posts;
  return (
    <>
      <Form.Item name="posts" label={t('posts')} rules={[required(t('posts'))]}>
        <Select mode="multiple" options={options} optionFilterProp="label" />
      </Form.Item>
      <div className="duty-fields">
        {posts.map((post) => (
          <Form.Item
            key={post}
            name={['minimum', post]}
            label={`${t('minimum')} · ${title(post)}`}
            initialValue={1}
            rules={[required(t('minimum'))]}
          >
            <InputNumber precision={0} min={1} max={1000} />
          </Form.Item>
        ))}
      </div>
    </>
  );
}

/** The kind of deadline, what it is made of, and its words where it is another one. */
function DueFields({ rule }: { rule: Rule }) {
  const due = Form.useWatch<DueValues | undefined>('due', { preserve: true });
  const kind = due?.kind ?? rule.due.kind;
  return (
    <>
      <Form.Item name={['due', 'kind']} label={t('change.due')} rules={[{ required: true }]}>
        <Select options={kindsOf(rule).map((value) => ({ value, label: t.code('due', value) }))} />
      </Form.Item>
      <div className="duty-fields">
        {FIELDS[kind].map((field) => (
          <Form.Item
            key={field}
            name={['due', field]}
            label={labelOf(kind, field)}
            extra={field === 'time' ? t('field.time_hint') : undefined}
            rules={field === 'time' || field === 'later' ? [] : [required(labelOf(kind, field))]}
          >
            {control(rule, kind, field)}
          </Form.Item>
        ))}
      </div>
      {movesDue(rule, due) && (
        <>
          <Form.Item
            name="timing_zh"
            label={t('change.timing_zh')}
            extra={t('change.timing_hint')}
            rules={[{ ...required(t('change.timing_zh')), whitespace: true }]}
          >
            <Input maxLength={TIMING} placeholder={rule.timing.zh} />
          </Form.Item>
          <Form.Item
            name="timing_en"
            label={t('change.timing_en')}
            rules={[{ ...required(t('change.timing_en')), whitespace: true }]}
          >
            <Input maxLength={TIMING} placeholder={rule.timing.en} />
          </Form.Item>
        </>
      )}
    </>
  );
}

/** Characters that the server takes for a deadline in words. */
const TIMING = 100;

/** What a figure counts depends on the kind: months, turns or years later. */
function labelOf(kind: DueKind, field: Field): string {
  if (field === 'later') return t.code('field', `later_${kind}`);
  if (field === 'workdays' && kind === 'beside') return t('field.workdays_beside');
  return t.code('field', field);
}

function control(rule: Rule, kind: DueKind, field: Field) {
  if (field === 'time') return <Input type="time" />;
  if (field === 'rule') return <BesideSelect rule={rule} />;
  if (field === 'weekday') {
    const days = ['1', '2', '3', '4', '5', '6', '7'];
    return (
      <Select options={days.map((n) => ({ value: Number(n), label: t.code('weekday', n) }))} />
    );
  }
  return <InputNumber precision={0} {...limitsOf(kind, field)} />;
}

interface BesideSelectProps {
  rule: Rule;
  id?: string;
  value?: string;
  onChange?: (code: string) => void;
}

/** Another duty whose turns are as long: only beside such a one can a deadline lie. */
function BesideSelect({ rule, ...rest }: BesideSelectProps) {
  const others = useRules().filter((one) => one.cadence === rule.cadence && one.code !== rule.code);
  return (
    <Select
      {...rest}
      showSearch={{ optionFilterProp: 'label' }}
      options={others.map((one) => ({ value: one.code, label: said(one.name) }))}
    />
  );
}
