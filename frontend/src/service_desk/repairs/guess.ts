import type { Schema } from '@/api/client';

type Category = Schema<'RepairCategory'>;

/** Words by which a resident's sentence gives the category away; the first line that fits counts. */
const WORDS: readonly [Category, RegExp][] = [
  ['gas', /燃气|煤气|天然气|灶|\bgas\b|stove/i],
  ['tv', /电视|机顶盒|\btv\b|television/i],
  ['network', /网络|宽带|上不了网|断网|光纤|wi-?fi|router|internet|broadband/i],
  [
    'shared_facility',
    /电梯|楼道|大堂|车库|路灯|道闸|单元门|门禁|消防|儿童|滑梯|健身|围墙|井盖|闭门器|\blift\b|elevator|lobby|garage|street lamp|playground/i,
  ],
  ['phone', /电话|对讲|门铃|intercom|telephone|\bphone\b|doorbell/i],
  ['water', /水|漏|堵|马桶|龙头|阀|管|地漏|water|leak|pipe|tap|toilet|drain/i],
  ['power', /电|灯|闸|插座|开关|空开|排风扇|light|lamp|socket|switch|fuse|power/i],
];

/** What is probably broken, from what was said; `null` when nothing points anywhere. */
export function guessCategory(text: string | undefined): Category | null {
  if (!text) return null;
  return WORDS.find(([, words]) => words.test(text))?.[0] ?? null;
}
