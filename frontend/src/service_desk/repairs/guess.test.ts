import { expect, test } from 'vitest';
import { guessCategory } from './guess';

test.each([
  ['厨房水管漏水', 'water'],
  ['卫生间马桶堵塞，水排不下去', 'water'],
  ['客厅跳闸，合上又跳', 'power'],
  ['厨房插座没电', 'power'],
  ['燃气灶打不着火', 'gas'],
  ['电视没有信号', 'tv'],
  ['家里断网了', 'network'],
  ['对讲门铃听不到声音', 'phone'],
  ['楼道灯不亮，晚上看不清', 'shared_facility'],
  ['电梯按钮失灵', 'shared_facility'],
  ['The tap in the kitchen drips', 'water'],
  ['窗户铰链脱落，关不上', null],
  ['', null],
])('%s', (text, category) => {
  expect(guessCategory(text)).toBe(category);
});
