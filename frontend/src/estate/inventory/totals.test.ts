import { expect, test } from 'vitest';
import { rowsHref, tableOf } from './totals';

const line = (kind: string, area: string | null, count: number, area_milli = 0) => ({
  kind,
  area_id: area,
  area_name: area && `name of ${area}`,
  count,
  length_milli: 0,
  area_milli,
});

test('POS-CLEANLEAD-03: a row for each kind, a column for each area, what lies in none last', () => {
  const table = tableOf([
    line('bench', null, 4),
    line('house', null, 2, 180_000),
    line('house', 'e', 3, 270_000),
    line('block', 'e', 1),
  ]);
  expect(table.areas.map((area) => area.id)).toEqual(['e', null]);
  expect(table.rows.map((row) => row.kind)).toEqual(['block', 'house', 'bench']);
  const [block, house] = table.rows;
  expect(block?.cells.map((cell) => cell?.count ?? null)).toEqual([1, null]);
  expect(house?.all).toEqual({ count: 5, length_milli: 0, area_milli: 450_000 });
  expect(tableOf([])).toEqual({ areas: [], rows: [] });
});

test('a figure leads to its rows where a list can be narrowed to them', () => {
  expect(rowsHref('house')).toBe('/estate/houses');
  expect(rowsHref('house', 'e')).toBe('/estate/houses?area_id=e');
  expect(rowsHref('house', null)).toBeUndefined();
  expect(rowsHref('block', null)).toBe('/estate/blocks?without_area=true');
  expect(rowsHref('unit')).toBe('/estate/units');
  expect(rowsHref('unit', 'e')).toBeUndefined();
  expect(rowsHref('green', 'e')).toBe('/estate/places?kind=green&area_id=e');
  expect(rowsHref('lamp_post')).toBe('/estate/places?kind=fixture&fixture_kind=lamp_post');
});
