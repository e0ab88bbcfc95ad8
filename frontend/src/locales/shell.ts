import { catalog } from './catalog';
import en from './en/shell';
import zh from './zh-CN/shell';

export const t = catalog(zh, en);
