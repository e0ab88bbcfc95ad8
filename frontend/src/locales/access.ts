import { catalog } from './catalog';
import en from './en/access';
import zh from './zh-CN/access';

export const t = catalog(zh, en);
