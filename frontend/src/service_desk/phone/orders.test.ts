import { expect, test } from 'vitest';
import type { QueuedAction } from '@/offline/queue';
import { nextAct, type Order, stateOf } from './orders';

const order = { id: 'o1', state: 'dispatched' } as Order;
const waiting = (path: string, more: Partial<QueuedAction> = {}): QueuedAction => ({
  key: path,
  account_id: 'a',
  label: '',
  path,
  body: {},
  files: [],
  made_at: '2026-11-23T08:00:00Z',
  kinds: [],
  ...more,
});

test('an order shows the state of the last act that waits on the device', () => {
  expect(stateOf(order, [])).toBe('dispatched');
  const accept = waiting('/api/v1/work-orders/o1/accept');
  const arrive = waiting('/api/v1/work-orders/o1/arrive');
  expect(stateOf(order, [accept])).toBe('accepted');
  expect(stateOf(order, [accept, arrive])).toBe('on_site');
  expect(stateOf(order, [waiting('/api/v1/work-orders/o2/accept')])).toBe('dispatched');
});

test('a refused act does not count', () => {
  const refused = waiting('/api/v1/work-orders/o1/accept', { refused: 'no' });
  expect(stateOf(order, [refused])).toBe('dispatched');
});

test('waiting for material and waiting for the resident are told apart', () => {
  const path = '/api/v1/work-orders/o1/hold';
  expect(stateOf(order, [waiting(path, { body: { kind: 'material' } })])).toBe('pending_material');
  expect(stateOf(order, [waiting(path, { body: { kind: 'resident' } })])).toBe('pending_resident');
});

test('each state at the site has one next act', () => {
  expect(nextAct('dispatched')).toBe('accept');
  expect(nextAct('returned_to_work')).toBe('arrive');
  expect(nextAct('pending_material')).toBe('resume');
  expect(nextAct('on_site')).toBe('finish');
  expect(nextAct('done')).toBeNull();
});
