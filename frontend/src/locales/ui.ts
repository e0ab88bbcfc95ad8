import { catalog } from './catalog';
import en from './en/ui';
import zh from './zh-CN/ui';

export const t = catalog(zh, en);
