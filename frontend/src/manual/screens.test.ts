import { expect, test } from 'vitest';
import { entries } from '@/shell/menu';
import contract from '../../../openapi/openapi.json';
import { partOf, SCREENS, screensOf, WITHIN } from './screens';

const parts = new Set(
  Object.keys(contract.paths)
    .filter((path) => path.startsWith('/api/v1/'))
    .map(partOf),
);

test('every part of the API has its screen, or is named as having none', () => {
  const known = [...Object.keys(SCREENS), ...WITHIN];
  expect([...parts].filter((part) => !known.includes(part))).toEqual([]);
  expect(known.filter((part) => !parts.has(part))).toEqual([]);
});

test('every screen is one of the menu', () => {
  const addresses = entries.map((entry) => entry.to);
  expect(Object.values(SCREENS).filter((to) => !addresses.includes(to))).toEqual([]);
});

test('the screens of a clause stand there once each', () => {
  const paths = ['/api/v1/cases', '/api/v1/cases/{id}/assign', '/api/v1/trail', '/api/v1/visits'];
  const found = screensOf(paths.map((path) => ({ path })));
  expect(found.map((entry) => entry.to)).toEqual(['/cases', '/visits']);
});
