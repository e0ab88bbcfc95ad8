import { expect, test } from 'vitest';
import { fieldOf } from './useProblem';

const names = [
  ['subject'],
  ['parties', 0, 'house_id'],
  ['parties', 0, 'phone'],
  ['parties', 1, 'phone'],
];

test('a refusal finds its field, also one that lies deeper in the body', () => {
  expect(fieldOf('/subject', names)).toEqual(['subject']);
  expect(fieldOf('/parties/1/phone', names)).toEqual(['parties', 1, 'phone']);
});

test('a group refused as a whole is marked at its first field', () => {
  expect(fieldOf('/parties/0', names)).toEqual(['parties', 0, 'house_id']);
});

test('what no field of the form means stands above it', () => {
  expect(fieldOf('/estate_id', names)).toBeUndefined();
  expect(fieldOf('', names)).toBeUndefined();
});
