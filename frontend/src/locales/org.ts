import { catalog } from './catalog';
import en from './en/org';
import zh from './zh-CN/org';

export const t = catalog(zh, en);
