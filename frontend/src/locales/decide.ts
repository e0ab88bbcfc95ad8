import { catalog } from './catalog';
import en from './en/decide';
import zh from './zh-CN/decide';

export const t = catalog(zh, en);
