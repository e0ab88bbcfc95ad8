import { expect, test } from 'vitest';
import { antdSheet } from './antdSheet';

test('the sheet is the same for light and dark: it names variables', () => {
  expect(antdSheet(true) === antdSheet(false)).toBe(true);
});

test('the sheet says what is in it, so that antd does not make it again', () => {
  const sheet = antdSheet();
  const list = sheet.slice(sheet.indexOf('.data-ant-cssinjs-cache-path'));
  for (const part of ['Button-Button', 'Input-Component', 'Checkbox-Checkbox']) {
    expect(list).toContain(`|${part}|`);
  }
  expect(sheet.includes('.ant-btn')).toBe(true);
});
