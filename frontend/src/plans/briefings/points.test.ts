import { expect, test } from 'vitest';
import type { Detail } from './data';
import { another, bodyOf, choices, differs, writtenOf } from './points';

const linked: Detail['points'][number]['linked'] = { kind: 'work_order', id: '0190' };
const briefing: Pick<Detail, 'remarks' | 'points'> = {
  remarks: '昨夜停电一次',
  points: [
    {
      id: '1',
      briefing_id: 'b',
      position: 0,
      text: '申请停机检修',
      needs: 'decision',
      linked,
      tasks: [],
    },
  ],
};

test('what is not changed does not differ, and what is empty is not sent', () => {
  const written = writtenOf(briefing);
  expect(differs(written, briefing)).toBe(false);
  const more = { ...written, points: another(written.points) };
  expect(differs(more, briefing)).toBe(false);
  expect(bodyOf(more).points).toHaveLength(1);
  expect(bodyOf(more).points?.[0]?.linked).toEqual(linked);
  expect(differs({ ...written, remarks: '' }, briefing)).toBe(true);
});

test('further points have keys of their own', () => {
  const keys = another(another([])).map((one) => one.key);
  expect(keys).toEqual([0, 1]);
});

test('a record that two figures count stands there once', () => {
  const records: Detail['items'][number]['records'] = [
    { kind: 'work_order', id: '0190', label: 'GD2026-000001' },
  ];
  const found = choices([
    { measure: 'orders_open', count: 1, records },
    { measure: 'orders_late', count: 1, records },
  ]);
  expect(found).toEqual([{ value: 'work_order 0190', label: 'GD2026-000001' }]);
});
