import { catalog } from './catalog';
import en from './en/system';
import zh from './zh-CN/system';

export const t = catalog(zh, en);
