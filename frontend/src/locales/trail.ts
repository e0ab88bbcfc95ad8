import { catalog } from './catalog';
import en from './en/trail';
import zh from './zh-CN/trail';

export const t = catalog(zh, en);
