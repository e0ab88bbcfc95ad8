import { expect, test } from 'vitest';
import type { Rule } from './due';
import { codesOf, isAsked, mentions } from './rules';

const backup = {
  name: { zh: '备份收费数据', en: 'Back up the charging data' },
  timing: { zh: '每个工作日下班前', en: 'each working day' },
  posts: ['TICKET'],
  cadence: 'daily',
  clauses: ['DER-TICKET-7'],
  has_records: true,
} as unknown as Rule;

test('a rule is found by its name, its deadline and its clauses', () => {
  expect(isAsked(backup, { q: '备份' })).toBe(true);
  expect(isAsked(backup, { q: '下班' })).toBe(true);
  expect(isAsked(backup, { q: 'der-ticket' })).toBe(true);
  expect(isAsked(backup, { q: '绿化' })).toBe(false);
});

test('conditions hold together', () => {
  expect(isAsked(backup, {})).toBe(true);
  expect(isAsked(backup, { post: 'TICKET', cadence: 'daily' })).toBe(true);
  expect(isAsked(backup, { post: 'TICKET', cadence: 'weekly' })).toBe(false);
  expect(isAsked(backup, { post: 'CASHIER' })).toBe(false);
  expect(isAsked(backup, { waits: 'true' })).toBe(false);
  expect(isAsked({ ...backup, has_records: false }, { waits: 'true' })).toBe(true);
});

test('texts are sought whatever their case', () => {
  expect(mentions(' ABC ', ['xabcx'])).toBe(true);
  expect(mentions('abc', [])).toBe(false);
});

test('a list of posts is taken apart', () => {
  expect(codesOf('CSCMGR,GM')).toEqual(['CSCMGR', 'GM']);
  expect(codesOf('')).toEqual([]);
});
