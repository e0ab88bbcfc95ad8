import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { api, ifMatch, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/goals';
import { PostSelect } from '@/org/selects';
import { FormDrawer, required } from '@/ui/form';
import { toast } from '@/ui/toast';
import type { Sheet } from './data';

type Draft = Schema<'DraftGoal'>;

const FORMULAS = [
  'satisfaction',
  'valid_complaints',
  'handling_rate',
  'staff_violations',
  'fee_collection',
  'manual',
] as const satisfies readonly Schema<'Formula'>[];

/** The whole sheet of a draft: targets are data, and further goals may be added (GOAL-6). */
export default function GoalsForm(props: { sheet: Sheet; etag: string; close: () => void }) {
  const { sheet, etag } = props;
  return (
    <FormDrawer<{ goals: Draft[] }>
      open
      name={`goals.sheet.${sheet.id}`}
      title={`${t('set.edit')} ${sheet.year}`}
      width={860}
      lead={<p className="muted">{t('set.edit_lead')}</p>}
      initial={{ goals: sheet.goals.map(({ id: _, ...goal }) => goal) }}
      onClose={props.close}
      onSubmit={async (body, headers) => {
        await api.PUT('/api/v1/goal-sets/{id}/goals', {
          params: { path: { id: sheet.id } },
          body,
          headers: { ...headers, ...ifMatch(etag) },
        });
        toast(t('set.saved'));
        reloadKind('goal_set');
      }}
    >
      {(form) => (
        <Form.List name="goals">
          {(rows, { add, remove }) => (
            <>
              {rows.map((row) => (
                <GoalFields
                  key={row.key}
                  at={row.name}
                  {...(rows.length > 1 && { remove: () => remove(row.name) })}
                />
              ))}
              <Button
                block
                icon={<PlusOutlined />}
                onClick={() => add(fresh(form.getFieldValue('goals') as Draft[]))}
              >
                {t('set.add_goal')}
              </Button>
            </>
          )}
        </Form.List>
      )}
    </FormDrawer>
  );
}

/** A further goal takes the next number and figures by hand. */
const fresh = (goals: readonly Draft[]): Partial<Draft> => ({
  no: Math.max(0, ...goals.map((goal) => goal.no ?? 0)) + 1,
  formula: 'manual',
  comparator: 'at_least',
  unit: 'percent',
  breakdown: [],
});

function GoalFields({ at, remove }: { at: number; remove?: () => void }) {
  const field = (name: keyof Draft) => [at, name];
  return (
    <fieldset className="goal-fields">
      <div className="goal-fields-row">
        <Form.Item name={field('no')} label={t('goal.no')} rules={[required(t('goal.no'))]}>
          <InputNumber min={1} max={99} precision={0} />
        </Form.Item>
        <Form.Item
          name={field('name_zh')}
          label={t('goal.name_zh')}
          className="goal-fields-wide"
          rules={[required(t('goal.name_zh'))]}
        >
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item
          name={field('name_en')}
          label={t('goal.name_en')}
          className="goal-fields-wide"
          rules={[required(t('goal.name_en'))]}
        >
          <Input maxLength={100} />
        </Form.Item>
        {remove && (
          <Form.Item noStyle shouldUpdate>
            {(form) => (
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('set.remove_goal', {
                  no: form.getFieldValue(['goals', at, 'no']) ?? '',
                })}
                onClick={remove}
              />
            )}
          </Form.Item>
        )}
      </div>
      <div className="goal-fields-row">
        <Form.Item
          name={field('formula')}
          label={t('goal.formula')}
          className="goal-fields-wide"
          rules={[required(t('goal.formula'))]}
        >
          <Select options={FORMULAS.map((value) => ({ value, label: t.code('formula', value) }))} />
        </Form.Item>
        <Form.Item
          name={field('comparator')}
          label={t('goal.comparator')}
          rules={[required(t('goal.comparator'))]}
        >
          <Select
            options={(['at_least', 'at_most'] as const).map((value) => ({
              value,
              label: t.code('comparator_word', value),
            }))}
          />
        </Form.Item>
        <Form.Item
          name={field('target_e2')}
          label={t('goal.target')}
          rules={[required(t('goal.target'))]}
        >
          <HundredthsField />
        </Form.Item>
        <Form.Item name={field('unit')} label={t('goal.unit')} rules={[required(t('goal.unit'))]}>
          <Select
            options={[
              { value: 'percent', label: t('goal.unit_percent') },
              { value: 'cases', label: t('unit.cases') },
              { value: 'person_times', label: t('unit.person_times') },
            ]}
          />
        </Form.Item>
        <Form.Item name={field('weight')} label={t('goal.weight')} required={false}>
          <InputNumber min={0} max={100} precision={0} />
        </Form.Item>
        <Form.Item
          name={field('owner_post')}
          label={t('goal.owner')}
          className="goal-fields-wide"
          rules={[required(t('goal.owner'))]}
        >
          <PostSelect />
        </Form.Item>
      </div>
      <Form.List name={field('breakdown')}>
        {(shares, { add, remove: drop }) => (
          <>
            {shares.map((share) => (
              <div key={share.key} className="goal-fields-row">
                <Form.Item
                  name={[share.name, 'post']}
                  label={t('goal.breakdown')}
                  className="goal-fields-wide"
                  rules={[required(t('goal.breakdown'))]}
                >
                  <PostSelect />
                </Form.Item>
                <Form.Item
                  name={[share.name, 'share_e2']}
                  label={t('goal.share')}
                  rules={[required(t('goal.share'))]}
                >
                  <HundredthsField />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('set.remove_share')}
                  onClick={() => drop(share.name)}
                />
              </div>
            ))}
            <Button type="link" size="small" icon={<PlusOutlined />} onClick={() => add({})}>
              {t('set.add_share')}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}

/** A number typed in the goal's unit, held in hundredths of it. */
function HundredthsField(props: {
  value?: number | null;
  onChange?: (value: number | null) => void;
  id?: string;
}) {
  const { value, onChange, ...own } = props;
  return (
    <InputNumber<number>
      {...own}
      min={0}
      max={1_000_000}
      controls={false}
      value={value === null || value === undefined ? null : value / 100}
      onChange={(typed) => onChange?.(typed === null ? null : Math.round(typed * 100))}
    />
  );
}
