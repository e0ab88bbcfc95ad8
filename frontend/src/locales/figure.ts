import { catalog } from './catalog';
import en from './en/figure';
import zh from './zh-CN/figure';

export const t = catalog(zh, en);
