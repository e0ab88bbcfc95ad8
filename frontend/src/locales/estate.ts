import { catalog } from './catalog';
import en from './en/estate';
import zh from './zh-CN/estate';

export const t = catalog(zh, en);
